package dev.rollcall.launcher.engine;

import dev.rollcall.launcher.platform.CommandFailure;
import dev.rollcall.launcher.platform.Ports;
import dev.rollcall.launcher.platform.Service;
import dev.rollcall.launcher.platform.Terminal;
import dev.rollcall.launcher.platform.Workspace;
import dev.rollcall.rollcall.NoAnswer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What runs the platform: it starts and stops parts and instances, and knows which there should be. */
public sealed interface Engine permits LocalEngine, DockerEngine {

    /** Which one a user wants. */
    enum Kind {
        /** What runs already, else Docker where one answers, else this machine. */
        AUTO,
        LOCAL,
        DOCKER;

        /** What {@code ROLLCALL_ENGINE} says. */
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

    /** The one that runs the platform now; fails if none does. */
    static Engine running(Workspace workspace, Terminal terminal) {
        return EngineInUse.running(workspace, terminal).engine();
    }

    /** The one that runs the platform now, or else this machine. */
    static Engine current(Workspace workspace, Terminal terminal) {
        return EngineInUse.find(workspace, terminal).engine();
    }

    /** The platform's processes on this machine, for what can be done to nothing else. */
    static LocalEngine local(Workspace workspace, Terminal terminal, String what) {
        if (running(workspace, terminal) instanceof LocalEngine local) {
            return local;
        }
        throw new CommandFailure(what
                + " needs the platform as processes of this machine, and it runs in Docker: ops/rollcall down, then"
                + " ops/rollcall up --engine local");
    }

    /** The platform now. What is to be consistent comes from one of these: the next may differ. */
    Deployment deployment();

    default boolean isUp() {
        return deployment().isUp();
    }

    default Ports ports() {
        return deployment().ports();
    }

    /** What a part or an instance printed last, and where the rest of it is. */
    String lastWords(String name);

    /** Makes Consul forget an instance that did not deregister itself. */
    void deregister(String id) throws NoAnswer;

    /**
     * Brings a service to this many living instances: starts more and waits for them, or stops the newest.
     *
     * @return how many were alive before
     */
    int scale(Service service, int count);

    /**
     * Puts a new instance of the current build in the place of each, one after the other, while the rest serve on.
     *
     * @return the names of the new ones
     */
    List<String> redeploy(Service service);

    /** Stops a part or an instance gracefully; an instance is gone from Consul and Prometheus afterwards. */
    String stop(String name);

    /** Kills it where it stands. */
    String kill(String name);

    /** Prints what it has logged, and with {@code follow} what comes. */
    void log(String name, boolean follow);

    /**
     * Stops everything, instances before what they need.
     *
     * @return the names of what was running
     */
    List<String> down();

    /** Deletes what the platform keeps between runs. */
    void purge();

    /** Where one sees what people were told; empty if nobody knows where that is. */
    Optional<String> outbox();

    /** How its admin gets to the token. */
    String adminToken();
}
