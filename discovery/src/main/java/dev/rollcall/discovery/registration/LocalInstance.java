package dev.rollcall.discovery.registration;

import java.net.InetAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The instance in this process: its definition and its own readiness. */
final class LocalInstance {
    private static final System.Logger LOGGER = System.getLogger(LocalInstance.class.getName());

    private final ConsulFeatureConfig config;
    private final Sockets sockets;
    private final InetAddress bound;
    private final @Nullable Readiness readiness;

    /**
     * The instance of a started server.
     *
     * @param bound address the public socket is bound to
     * @param readiness the server's own readiness; null if it has no check that tells
     */
    LocalInstance(ConsulFeatureConfig config, Sockets sockets, InetAddress bound, @Nullable Readiness readiness) {
        this.config = config;
        this.sockets = sockets;
        this.bound = bound;
        // health that follows the registration would never become ready before registration
        this.readiness = config.healthFollowsRegistration() ? null : readiness;
    }

    /** Its definition, once it is ready or the ready timeout has passed. */
    ServiceDefinition awaitDefinition() throws InterruptedException {
        ServiceDefinition definition = ServiceDefinition.create(config, OwnAddress.find(config, bound), sockets);
        if (readiness != null && config.readyTimeout().isPositive()) {
            Readiness.Answer answer = readiness.await(config.readyTimeout());
            if (answer.isNotReady()) {
                LOGGER.log(
                        System.Logger.Level.WARNING,
                        "{0} is not ready after {1} and registers as critical: {2}",
                        definition.id(),
                        config.readyTimeout(),
                        answer.output());
            }
        }
        return definition;
    }

    /** Its current status; empty if unknown. */
    Optional<CheckStatus> status() throws InterruptedException {
        return readiness == null
                ? Optional.empty()
                : Optional.of(readiness.ask().status());
    }
}
