package dev.rollcall.discovery.testing;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A real in-memory Consul agent on its own port; a restart empties it. It runs in a container if a Docker engine and
 * the image are available, else from the {@code consul} binary of {@code ops/tools} or PATH.
 */
public abstract class ConsulAgent implements AutoCloseable {
    final int port;

    ConsulAgent(int port) {
        this.port = port;
    }

    /**
     * Starts an agent and waits until it has a leader.
     *
     * @throws IllegalStateException if neither a container nor a binary is available
     */
    public static ConsulAgent start() {
        ConsulAgent agent = create();
        agent.restart();
        return agent;
    }

    /** An agent that isn't started: its address is known, but nothing listens. */
    public static ConsulAgent create() {
        return create("");
    }

    /**
     * An agent that isn't started, with additional configuration.
     *
     * @param hcl configuration in HCL
     * @param files files that the configuration refers to; the agent sees them under the same paths
     */
    public static ConsulAgent create(String hcl, Path... files) {
        int port = Ports.free();
        if (ContainerConsul.available()) {
            return new ContainerConsul(port, hcl, List.of(files));
        }
        return local(port, hcl)
                .orElseThrow(() -> new IllegalStateException(
                        "No Consul for this test: neither a Docker engine with the image " + ContainerConsul.IMAGE
                                + ", nor a consul in -Drollcall.tools or on PATH; ops/tools brings one"));
    }

    /** As {@link #create()}, but always a local process, for measurements without a container engine. */
    public static ConsulAgent createLocal() {
        return local(Ports.free(), "")
                .orElseThrow(() ->
                        new IllegalStateException("No consul in -Drollcall.tools or on PATH; ops/tools brings one"));
    }

    /** Address of its HTTP API; survives restarts. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Its HTTP API, for a test to inspect or disturb. */
    public ConsulHttp http() {
        return new ConsulHttp(url());
    }

    /** Starts it, empty, and waits until it has a leader; kills it first if it runs. */
    public void restart() {
        kill();
        launch();
        http().awaitLeader();
    }

    /** Starts the program. */
    abstract void launch();

    /** Kills it by SIGKILL, if it runs. */
    public abstract void kill();

    /** Suspends it by SIGSTOP: connections stay open, nothing answers. */
    public abstract void pause();

    /** Resumes it. */
    public abstract void resume();

    @Override
    public void close() {
        kill();
    }

    private static Optional<ConsulAgent> local(int port, String hcl) {
        return LocalConsul.binary().map(binary -> new LocalConsul(binary, port, hcl));
    }
}
