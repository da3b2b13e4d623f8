package dev.rollcall.discovery.testing;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A real Consul agent on a port of its own, in memory only: started again, it is empty. It runs in a container where a
 * Docker engine and the image are there, else from the {@code consul} that {@code ops/tools} brought or PATH has.
 */
public abstract class ConsulAgent implements AutoCloseable {
    final int port;

    ConsulAgent(int port) {
        this.port = port;
    }

    /**
     * Starts an agent and waits until it has a leader.
     *
     * @throws IllegalStateException if neither a container nor a binary can be had
     */
    public static ConsulAgent start() {
        ConsulAgent agent = create();
        agent.restart();
        return agent;
    }

    /** An agent that isn't there yet: its address is known, nothing listens. */
    public static ConsulAgent create() {
        return create("");
    }

    /**
     * The same with more configuration.
     *
     * @param hcl configuration as Consul's own files have it
     * @param files files that the configuration names; the agent has them under the same paths
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

    /** As {@link #create()}, but always a process of this machine: what is measured doesn't depend on a container engine. */
    public static ConsulAgent createLocal() {
        return local(Ports.free(), "")
                .orElseThrow(() ->
                        new IllegalStateException("No consul in -Drollcall.tools or on PATH; ops/tools brings one"));
    }

    /** Address of its HTTP API; the same over restarts. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Its HTTP API, for what a test wants to see or disturb. */
    public ConsulHttp http() {
        return new ConsulHttp(url());
    }

    /** Starts it, empty, and waits until it has a leader; if it runs, kills it first. */
    public void restart() {
        kill();
        launch();
        http().awaitLeader();
    }

    /** Starts the program. */
    abstract void launch();

    /** Ends it by SIGKILL; if it doesn't run, does nothing. */
    public abstract void kill();

    /** Stops it in the middle of what it does (SIGSTOP); connections stay open, and nobody answers. */
    public abstract void pause();

    /** Lets it go on. */
    public abstract void resume();

    @Override
    public void close() {
        kill();
    }

    private static Optional<ConsulAgent> local(int port, String hcl) {
        return LocalConsul.binary().map(binary -> new LocalConsul(binary, port, hcl));
    }
}
