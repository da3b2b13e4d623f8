package dev.rollcall.launcher.engine;

import dev.rollcall.launcher.parts.LocalPart;
import dev.rollcall.launcher.platform.CommandFailure;
import dev.rollcall.launcher.platform.Terminal;
import dev.rollcall.launcher.platform.Tokens;
import dev.rollcall.launcher.platform.Workspace;
import dev.rollcall.launcher.process.PartProcess;
import dev.rollcall.launcher.process.PlatformState;
import dev.rollcall.launcher.process.Processes;
import dev.rollcall.launcher.process.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Prepares parts, starts their programs and records each in the state. If they fail to start, stops them again. A
 * program that lost a random port to another process is retried on other ports first.
 */
final class Startup {

    private static final int TRIES = 5;

    private final Tokens tokens;
    private final StateFile state;
    private final Processes processes;
    private final LocalLogs logs;
    private final UnaryOperator<Program> onOtherPorts;
    private final List<PartProcess> started = new ArrayList<>();
    private PlatformState platform = PlatformState.NONE;

    /** @param onOtherPorts returns the same program with its random ports replaced */
    Startup(Workspace workspace, Terminal terminal, UnaryOperator<Program> onOtherPorts) {
        this.tokens = new Tokens(workspace);
        this.state = new StateFile(workspace);
        this.processes = new Processes(workspace, terminal);
        this.logs = new LocalLogs(workspace, terminal);
        this.onOtherPorts = onOtherPorts;
    }

    /** Fails if one of the parts could not start; starts none. */
    void check(List<LocalPart> wanted) {
        tokens.create();
        wanted.forEach(LocalPart::prepare);
        wanted.stream().map(LocalPart::program).forEach(Program::checkPort);
    }

    /**
     * Starts the parts and waits for them.
     *
     * @param await waits until the parts with these names are up; fails if one isn't
     * @return the names of the started parts
     */
    List<String> run(PlatformState before, List<LocalPart> wanted, Consumer<List<String>> await) {
        // a part can be new to the platform, and so can its tokens
        tokens.create();
        wanted.forEach(LocalPart::prepare);
        platform = before;
        List<Program> programs =
                new ArrayList<>(wanted.stream().map(LocalPart::program).toList());
        processes.endStrays(programs);
        programs.replaceAll(program -> program.hasLostItsPort() ? moved(program) : program);
        programs.forEach(Program::checkPort);
        // records all before starting any: if this launcher dies, the next one knows what to start
        programs.forEach(program -> platform = platform.with(program.planned()));
        state.write(platform);
        try {
            programs.forEach(this::start);
            for (int tries = 1; !isUp(programs, await, tries); tries++) {
                programs.replaceAll(program -> isDisplaced(program) ? restarted(program) : program);
            }
            return names();
        } catch (RuntimeException e) {
            processes.end(started);
            state.write(before.remembering(platform));
            throw e;
        }
    }

    /** Waits for the programs; false if one lost its port and a retry is worthwhile. */
    private boolean isUp(List<Program> programs, Consumer<List<String>> await, int tries) {
        try {
            await.accept(names());
            return true;
        } catch (CommandFailure e) {
            programs.stream().filter(this::hasEnded).forEach(Program::checkPort);
            if (tries < TRIES && programs.stream().anyMatch(this::isDisplaced)) {
                return false;
            }
            throw e;
        }
    }

    private List<String> names() {
        return started.stream().map(PartProcess::name).toList();
    }

    private void start(Program program) {
        PartProcess process = processes.start(program);
        started.add(process);
        platform = platform.with(process);
        state.write(platform);
    }

    private Program restarted(Program program) {
        started.removeIf(process -> process.name().equals(program.name()));
        Program next = moved(program);
        start(next);
        return next;
    }

    private Program moved(Program program) {
        platform.named(program.name()).ifPresent(old -> platform = platform.without(old));
        return onOtherPorts.apply(program);
    }

    /** Whether the program lost its port. The other process may be gone by now; then only the log shows it. */
    private boolean isDisplaced(Program program) {
        return !program.randomPorts().isEmpty()
                && hasEnded(program)
                && (program.hasLostItsPort()
                        || logs.lastLine(program.name())
                                .toLowerCase(Locale.ROOT)
                                .contains("address already in use"));
    }

    private boolean hasEnded(Program program) {
        return started.stream().anyMatch(process -> process.name().equals(program.name()) && !process.isAlive());
    }
}
