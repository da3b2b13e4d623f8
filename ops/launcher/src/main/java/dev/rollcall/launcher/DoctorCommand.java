package dev.rollcall.launcher;

import dev.rollcall.launcher.catalogue.Catalogue;
import dev.rollcall.launcher.catalogue.MalformedCatalogue;
import dev.rollcall.launcher.catalogue.Usage;
import dev.rollcall.launcher.doctor.Diagnosis;
import dev.rollcall.launcher.doctor.Doctor;
import dev.rollcall.launcher.doctor.Expected;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = "Finds what keeps a metric from arriving: walks with every instance from Consul to the rules that"
                + " read it, and says what is wrong and what to do. Exits 1 if anything is.")
final class DoctorCommand implements Callable<Integer> {

    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Workspace workspace;
    private final Terminal terminal;

    @Option(names = "--json", description = "for programs; with --watch, one line a look")
    private boolean json;

    @Option(names = "--watch", description = "look again and again until Ctrl-C")
    private boolean watch;

    DoctorCommand(Workspace workspace, Terminal terminal) {
        this.workspace = workspace;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        LocalEngine engine = Engine.local(workspace, terminal, "doctor");
        Doctor doctor = doctor(engine.ports());
        return CtrlC.interrupts(() -> watch ? watch(doctor, engine) : show(examine(doctor, engine)));
    }

    private int show(Diagnosis diagnosis) {
        DoctorReport report = new DoctorReport(diagnosis);
        terminal.print(json ? report.json().toPrettyString() : report.text());
        return verdict(diagnosis);
    }

    /** Shows every look, in place of the last one where somebody is watching; elsewhere only what has changed. */
    private int watch(Doctor doctor, LocalEngine engine) {
        int verdict = 0;
        List<?> shown = List.of();
        try {
            while (true) {
                Diagnosis diagnosis = examine(doctor, engine);
                verdict = verdict(diagnosis);
                DoctorReport report = new DoctorReport(diagnosis);
                if (json) {
                    terminal.print(report.json().toString());
                } else if (terminal.interactive()) {
                    terminal.screen(report.text() + "\n\nCtrl-C ends");
                } else if (!shown.equals(List.of(diagnosis.complaints()))) {
                    terminal.print(report.text() + "\n");
                    shown = List.of(diagnosis.complaints());
                }
                Pause.of(PAUSE);
            }
        } catch (Pause.Interrupted e) {
            return verdict;
        }
    }

    private static int verdict(Diagnosis diagnosis) {
        return diagnosis.isHealthy() ? 0 : 1;
    }

    private static Diagnosis examine(Doctor doctor, LocalEngine engine) {
        try {
            return doctor.examine(engine.running().running().stream()
                    .map(process -> new Expected(process.name(), process.service(), process.isAlive()))
                    .toList());
        } catch (InterruptedException e) {
            throw new Pause.Interrupted(e);
        }
    }

    private Doctor doctor(Ports ports) {
        try {
            return new Doctor(
                    URI.create("http://127.0.0.1:" + ports.of(Port.CONSUL)),
                    URI.create("http://127.0.0.1:" + ports.of(Port.PROMETHEUS)),
                    workspace.token(Tokens.PROMETHEUS),
                    Catalogue.read(workspace.ops("metrics.yml")),
                    Usage.read(workspace.ops("prometheus/rules"), workspace.ops("grafana/dashboards")),
                    Arrays.stream(Service.values()).map(Service::serviceName).collect(Collectors.toSet()),
                    Clock.systemUTC());
        } catch (MalformedCatalogue e) {
            throw new CommandFailure(String.valueOf(e.getMessage()), e);
        }
    }
}
