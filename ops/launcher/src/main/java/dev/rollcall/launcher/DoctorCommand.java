package dev.rollcall.launcher;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rollcall.launcher.catalogue.Catalogue;
import dev.rollcall.launcher.catalogue.Usage;
import dev.rollcall.launcher.doctor.Diagnosis;
import dev.rollcall.launcher.doctor.Doctor;
import dev.rollcall.launcher.doctor.DoctorReport;
import dev.rollcall.launcher.engine.DockerEngine;
import dev.rollcall.launcher.engine.Engine;
import dev.rollcall.launcher.engine.LocalEngine;
import dev.rollcall.launcher.platform.Addresses;
import dev.rollcall.launcher.platform.Pause;
import dev.rollcall.launcher.platform.Service;
import dev.rollcall.rollcall.Part;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = "Finds out why metrics are missing: follows every instance from Consul to the rules that read its"
                + " metrics, and reports each problem with its remedy. Exits 1 if there is any.")
final class DoctorCommand extends PlatformCommand {

    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final ObjectMapper JSON = new ObjectMapper();

    @Option(names = "--json", description = "print JSON; with --watch, one line per examination")
    private boolean json;

    @Option(names = "--watch", description = "repeat until Ctrl-C")
    private boolean watch;

    @Mixin
    private final RemotePlatform remote = new RemotePlatform();

    @Option(names = "--expect", hidden = true, converter = PartParser.class, description = "a part that should run")
    private List<Part> expected = List.of();

    @Override
    public Integer call() {
        Optional<Addresses> given = remote.addresses(workspace);
        if (given.isPresent()) {
            return examine(given.get(), () -> expected);
        }
        return switch (Engine.running(workspace, terminal)) {
            case DockerEngine docker -> docker.within("doctor", arguments(docker));
            case LocalEngine local ->
                examine(
                        Addresses.of(workspace, local.ports()),
                        () -> local.deployment().parts());
        };
    }

    private int examine(Addresses addresses, Supplier<List<Part>> parts) {
        Doctor doctor = doctor(addresses);
        return CtrlC.interrupts(() -> watch ? watch(doctor, parts) : show(examine(doctor, parts)));
    }

    /**
     * The arguments for the doctor in a container. It cannot see which parts run, so it is given them; not with
     * --watch, where they would go stale.
     */
    private List<String> arguments(Engine engine) {
        List<String> arguments = new ArrayList<>();
        if (json) {
            arguments.add("--json");
        }
        if (watch) {
            arguments.add("--watch");
        } else {
            engine.deployment().parts().forEach(process -> arguments.add("--expect=" + JSON.valueToTree(process)));
        }
        return arguments;
    }

    static final class PartParser implements ITypeConverter<Part> {
        @Override
        public Part convert(String text) {
            try {
                return JSON.readValue(text, Part.class);
            } catch (JsonProcessingException e) {
                throw new TypeConversionException(
                        "'%s' is not a part (expected: name, service, address, pid and alive in JSON)".formatted(text));
            }
        }
    }

    private int show(Diagnosis diagnosis) {
        DoctorReport report = new DoctorReport(diagnosis);
        terminal.print(json ? report.json().toPrettyString() : report.text());
        return verdict(diagnosis);
    }

    /** Redraws the report on an interactive terminal; elsewhere prints it only when the problems change. */
    private int watch(Doctor doctor, Supplier<List<Part>> parts) {
        int verdict = 0;
        List<?> shown = List.of();
        try {
            while (true) {
                Diagnosis diagnosis = examine(doctor, parts);
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

    private static Diagnosis examine(Doctor doctor, Supplier<List<Part>> parts) {
        try {
            return doctor.examine(parts.get());
        } catch (InterruptedException e) {
            throw new Pause.Interrupted(e);
        }
    }

    private Doctor doctor(Addresses addresses) {
        return new Doctor(
                addresses.consul(),
                addresses.prometheus(),
                addresses.metricsToken(),
                Catalogue.read(workspace.ops("metrics.yml")),
                Usage.read(workspace.ops("prometheus/rules"), workspace.ops("grafana/dashboards")),
                Arrays.stream(Service.values()).map(Service::serviceName).collect(Collectors.toSet()),
                Clock.systemUTC());
    }
}
