package dev.rollcall.launcher.engine;

import dev.rollcall.launcher.logs.LogEntry;
import dev.rollcall.launcher.platform.CommandFailure;
import dev.rollcall.launcher.platform.Ports;
import dev.rollcall.launcher.platform.Service;
import dev.rollcall.launcher.platform.Terminal;
import dev.rollcall.launcher.platform.Workspace;
import dev.rollcall.rollcall.NoAnswer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Runs the platform: starts and stops its parts, and knows which parts should run. */
public sealed interface Engine permits LocalEngine, DockerEngine {

    /** The user's choice of engine. */
    enum Kind {
        /** The engine that already runs the platform, else Docker if it answers, else processes on this machine. */
        AUTO,
        LOCAL,
        DOCKER;

        /** The choice in {@code ROLLCALL_ENGINE}. */
        static Kind ofEnvironment() {
            String wanted =
                    Optional.ofNullable(System.getenv("ROLLCALL_ENGINE")).orElse("auto");
            try {
                return valueOf(wanted.toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                throw new CommandFailure(
                        "ROLLCALL_ENGINE is '%s' (expected: auto, local or docker)".formatted(wanted), e);
            }
        }
    }

    /** The engine that runs the platform; fails if none does. */
    static Engine running(Workspace workspace, Terminal terminal) {
        return EngineInUse.running(workspace, terminal).engine();
    }

    /** The engine that runs the platform, or the local one if none does. */
    static Engine current(Workspace workspace, Terminal terminal) {
        return EngineInUse.find(workspace, terminal).engine();
    }

    /** The local engine, for a command that only works with processes on this machine. */
    static LocalEngine local(Workspace workspace, Terminal terminal, String what) {
        if (running(workspace, terminal) instanceof LocalEngine local) {
            return local;
        }
        throw new CommandFailure(what
                + " needs the platform as processes on this machine, but it runs in Docker: run ops/rollcall down, then"
                + " ops/rollcall up --engine local");
    }

    /** A snapshot of the platform. The next one may differ: take values that must agree from the same snapshot. */
    Deployment deployment();

    default boolean isUp() {
        return deployment().isUp();
    }

    default Ports ports() {
        return deployment().ports();
    }

    /** The last line of a part's log, and where the whole log is. */
    String lastLogLine(String name);

    /** Deregisters an instance that did not deregister itself. */
    void deregister(String id) throws NoAnswer;

    /**
     * Scales a service to this number of running instances: starts more and waits for them, or stops the newest.
     *
     * @return the number of running instances before
     */
    int scale(Service service, int count);

    /**
     * Replaces a service's instances with the current build, one at a time, while the others keep serving.
     *
     * @return the names of the new instances
     */
    List<String> redeploy(Service service);

    /** Stops a part gracefully. An instance is gone from Consul and Prometheus afterwards. */
    String stop(String name);

    /** Kills a part (SIGKILL). */
    String kill(String name);

    /** Prints a part's log; with {@code follow}, keeps printing new lines. */
    void log(String name, boolean follow);

    /** The entries of the logs of this part, or of this service's instances, or of all parts if the name is empty. */
    List<LogEntry> logEntries(String name);

    /**
     * Stops everything, clients before servers.
     *
     * @return the names of the parts that were running
     */
    List<String> down();

    /** Deletes the platform's data. */
    void purge();

    /** The URLs of the pages that show sent notifications; empty if unknown. */
    Optional<String> outbox();

    /** How to get the admin token: the path of its file, or a command that prints it. */
    String adminToken();
}
