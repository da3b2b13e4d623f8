package dev.rollcall.launcher.engine;

import dev.rollcall.launcher.platform.CommandFailure;
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
 * Starts programs and notes each in the state. If they don't come up, it stops them again, except for those that lost a
 * drawn port to a stranger: they are tried again on other ports.
 */
final class Startup {

    private static final int TRIES = 5;

    private final StateFile state;
    private final Processes processes;
    private final UnaryOperator<Program> elsewhere;
    private final UnaryOperator<String> lastWords;
    private final List<PartProcess> started = new ArrayList<>();
    private PlatformState platform = PlatformState.NONE;

    /**
     * @param elsewhere the same program on other ports than those that were drawn for it
     * @param lastWords what the program of this name printed last
     */
    Startup(StateFile state, Processes processes, UnaryOperator<Program> elsewhere, UnaryOperator<String> lastWords) {
        this.state = state;
        this.processes = processes;
        this.elsewhere = elsewhere;
        this.lastWords = lastWords;
    }

    /**
     * Starts them all.
     *
     * @param await waits until the programs of these names are up, and fails if they won't be
     * @return the names under which they run
     */
    List<String> run(PlatformState before, List<Program> wanted, Consumer<List<String>> await) {
        processes.endStrays(wanted);
        platform = before;
        List<Program> programs = new ArrayList<>(wanted);
        programs.replaceAll(program -> program.hasLostItsPort() ? moved(program) : program);
        programs.forEach(Program::checkPort);
        // all of it, before any of it: if this launcher dies, the next one knows what is still to be started
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
            // the ports are remembered all the same, so that the next try has the same ids
            state.write(new PlatformState(before.ports(), platform.remembered(), before.running()));
            throw e;
        }
    }

    /** Whether they came up; false if some lost a port, and it is worth another try. */
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
        return elsewhere.apply(program);
    }

    /** The stranger may be gone again: then only what the program printed tells of it. */
    private boolean isDisplaced(Program program) {
        return !program.drawn().isEmpty()
                && hasEnded(program)
                && (program.hasLostItsPort()
                        || lastWords
                                .apply(program.name())
                                .toLowerCase(Locale.ROOT)
                                .contains("address already in use"));
    }

    private boolean hasEnded(Program program) {
        return started.stream().anyMatch(process -> process.name().equals(program.name()) && !process.isAlive());
    }
}
