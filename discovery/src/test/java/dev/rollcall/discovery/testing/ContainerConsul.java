package dev.rollcall.discovery.testing;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.consul.ConsulContainer;
import org.testcontainers.utility.MountableFile;

/** An agent in a container, on this host's network, so that its checks reach the test's servers. */
final class ContainerConsul extends ConsulAgent {
    static final String IMAGE = "hashicorp/consul:1.22.7";

    private final String hcl;
    private final List<Path> files;
    private @Nullable ConsulContainer container;

    ContainerConsul(int port, String hcl, List<Path> files) {
        super(port);
        this.hcl = hcl;
        this.files = files;
    }

    /** Whether an engine runs and has the image: tests don't wait for downloads. */
    static boolean available() {
        return Availability.AVAILABLE;
    }

    @Override
    @SuppressWarnings("resource") // kill() ends it
    void launch() {
        ConsulContainer next = new ConsulContainer(IMAGE);
        List<Integer> inner = Ports.beside(port, 2);
        next.withNetworkMode("host")
                .withCommand(
                        "consul",
                        "agent",
                        "-dev",
                        "-bind=127.0.0.1",
                        "-client=127.0.0.1",
                        "-http-port=" + port,
                        "-dns-port=-1",
                        "-grpc-port=-1",
                        "-grpc-tls-port=-1",
                        "-serf-lan-port=" + inner.get(0),
                        "-serf-wan-port=-1",
                        "-server-port=" + inner.get(1),
                        "-hcl",
                        hcl);
        files.forEach(file -> next.withCopyToContainer(MountableFile.forHostPath(file, 0644), file.toString()));
        // the default strategy waits for standard ports; awaitLeader() asks the agent
        next.setWaitStrategy(null);
        next.setExposedPorts(List.of());
        next.start();
        container = next;
    }

    @Override
    public void pause() {
        ConsulContainer running = Objects.requireNonNull(container, "the agent doesn't run");
        running.getDockerClient().pauseContainerCmd(running.getContainerId()).exec();
    }

    @Override
    public void resume() {
        ConsulContainer running = Objects.requireNonNull(container, "the agent doesn't run");
        running.getDockerClient().unpauseContainerCmd(running.getContainerId()).exec();
    }

    @Override
    public void kill() {
        ConsulContainer running = container;
        if (running != null) {
            running.stop();
            container = null;
        }
    }

    private static final class Availability {
        private static final boolean AVAILABLE = probe();

        private static boolean probe() {
            DockerClientFactory factory = DockerClientFactory.instance();
            if (!factory.isDockerAvailable()) {
                return false;
            }
            try {
                factory.client().inspectImageCmd(IMAGE).exec();
                return true;
            } catch (RuntimeException e) {
                // no image or no working engine: falls back to the binary, which must exist
                return false;
            }
        }
    }
}
