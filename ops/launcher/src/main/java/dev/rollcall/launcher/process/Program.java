package dev.rollcall.launcher.process;

import dev.rollcall.launcher.platform.CommandFailure;
import dev.rollcall.launcher.platform.Ports;
import dev.rollcall.launcher.platform.Workspace;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Something to run.
 *
 * @param name what it is called in the platform
 * @param service the service it is an instance of; empty for a part that does not register
 * @param port where it will listen; 0 if it won't
 * @param portOption the option of {@code up} that moves the port; empty if there is none
 * @param drawn those of its ports that nobody chose, and that others can replace
 */
public record Program(
        String name, String service, int port, String portOption, List<Integer> drawn, List<String> command) {

    /** The environment variable by which a process, and what it forks, is known. */
    static final String MARK = "ROLLCALL_PROCESS";

    public Program {
        drawn = List.copyOf(drawn);
        command = List.copyOf(command);
    }

    /** With no drawn port. */
    public Program(String name, String service, int port, String portOption, List<String> command) {
        this(name, service, port, portOption, List.of(), command);
    }

    /** Whether something else listens on one of its drawn ports while it doesn't run. */
    public boolean hasLostItsPort() {
        return !drawn.stream().allMatch(Ports::isFree);
    }

    /** Fails if something listens on its port and no other port can replace it. */
    public void checkPort() {
        if (port != 0 && !drawn.contains(port) && !Ports.isFree(port)) {
            throw new CommandFailure("port %d for %s is taken: stop what listens there%s"
                    .formatted(port, name, portOption.isEmpty() ? "" : ", or choose another with " + portOption));
        }
    }

    /** What will run, so that it is missed from now on. */
    public PartProcess planned() {
        return new PartProcess(name, service, port, Pid.NONE);
    }

    /** The value of {@link #MARK} in its process. */
    String mark(Workspace workspace) {
        return workspace.state().resolve(name).toString();
    }

    /**
     * Starts it in a session of its own, so that neither Ctrl-C in this terminal nor the end of the launcher reaches
     * it. What it prints goes to its log; the log of the run before stays beside it.
     */
    public PartProcess start(Workspace workspace) {
        List<String> detached = new ArrayList<>(List.of("setsid"));
        detached.addAll(command);
        Path log = workspace.log(name);
        try {
            Files.createDirectories(log.getParent());
            if (Files.exists(log)) {
                Files.move(log, log.resolveSibling(name + ".log.1"), StandardCopyOption.REPLACE_EXISTING);
            }
            ProcessBuilder builder = new ProcessBuilder(detached)
                    .directory(workspace.state().toFile())
                    .redirectInput(new File("/dev/null"))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().put(MARK, mark(workspace));
            Process process = builder.start();
            return new PartProcess(name, service, port, Pid.of(process));
        } catch (IOException e) {
            throw new CommandFailure("cannot start " + name + ": " + e.getMessage(), e);
        }
    }
}
