package dev.rollcall.launcher.process;

import dev.rollcall.launcher.platform.CommandFailure;
import dev.rollcall.launcher.platform.Port;
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
 * A command line that becomes the process of a part.
 *
 * @param name the name of the part
 * @param service the service of an instance; empty for a part that does not register
 * @param port the port it will listen on; 0 if none
 * @param portOption the option of {@code up} that sets the port; empty if there is none
 * @param randomPorts the randomly chosen ports among its ports, which other free ports can replace
 */
public record Program(
        String name, String service, int port, String portOption, List<Integer> randomPorts, List<String> command) {

    /** The environment variable that marks a process and its children. */
    static final String MARK = "ROLLCALL_PROCESS";

    public Program {
        randomPorts = List.copyOf(randomPorts);
        command = List.copyOf(command);
    }

    /** A program of a part that does not register, on a port that the user can choose. */
    public Program(String name, Port port, Ports ports, List<String> command) {
        this(name, "", ports.of(port), port.option(), List.of(), command);
    }

    /** The name of an instance: its id in Consul. */
    public static String instanceId(String service, int port) {
        return service + "-" + Ports.HOST + "-" + port;
    }

    /** Whether another process has taken one of its random ports. Only meaningful while the program doesn't run. */
    public boolean hasLostItsPort() {
        return !randomPorts.stream().allMatch(Ports::isFree);
    }

    /** Fails if its port is taken and cannot be replaced. */
    public void checkPort() {
        if (port != 0 && !randomPorts.contains(port) && !Ports.isFree(port)) {
            throw new CommandFailure("port %d for %s is taken: stop what listens there%s"
                    .formatted(port, name, portOption.isEmpty() ? "" : ", or choose another with " + portOption));
        }
    }

    /** The process to record before the start, so that it is expected from now on. */
    public PartProcess planned() {
        return new PartProcess(name, service, port, Pid.NONE);
    }

    /** The value of {@link #MARK} in its process. */
    String mark(Workspace workspace) {
        return workspace.state().resolve(name).toString();
    }

    /**
     * Starts the program in its own session: neither Ctrl-C in this terminal nor the end of the launcher reaches it.
     * Its output goes to its log; the previous log is kept as {@code .log.1}.
     */
    public PartProcess start(Workspace workspace) {
        List<String> detached = new ArrayList<>(List.of("setsid"));
        detached.addAll(command);
        Path log = workspace.log(name);
        try {
            Files.createDirectories(log.getParent());
            if (Files.exists(log)) {
                Files.move(log, workspace.previousLog(name), StandardCopyOption.REPLACE_EXISTING);
            }
            ProcessBuilder builder = new ProcessBuilder(detached)
                    .directory(workspace.state().toFile())
                    .redirectInput(new File("/dev/null"))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().put(MARK, mark(workspace));
            Process process = builder.start();
            return new PartProcess(name, service, port, Pid.of(process.pid()));
        } catch (IOException e) {
            throw new CommandFailure("cannot start " + name + ": " + e.getMessage(), e);
        }
    }
}
