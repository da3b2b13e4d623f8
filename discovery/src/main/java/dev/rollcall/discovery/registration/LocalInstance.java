package dev.rollcall.discovery.registration;

import java.net.InetAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The instance in this process: what it registers as, and what it answers when it is asked how it is. */
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
     * @param readiness what the server says of itself; null if it isn't asked
     */
    LocalInstance(ConsulFeatureConfig config, Sockets sockets, InetAddress bound, @Nullable Readiness readiness) {
        this.config = config;
        this.sockets = sockets;
        this.bound = bound;
        // with health that follows the registration, it would answer that it isn't registered
        this.readiness = config.healthFollowsRegistration() ? null : readiness;
    }

    /** Its definition, once it is ready to be called or has had its time for that. */
    ServiceDefinition awaitDefinition() throws InterruptedException {
        ServiceDefinition definition = ServiceDefinition.create(config, OwnAddress.find(config, bound), sockets);
        if (readiness != null && config.readyTimeout().isPositive()) {
            Readiness.Answer answer = readiness.await(config.readyTimeout());
            if (answer.isNotReady()) {
                LOGGER.log(
                        System.Logger.Level.WARNING,
                        "{0} registers as critical, because it is not ready after {1}: {2}",
                        definition.id(),
                        config.readyTimeout(),
                        answer.output());
            }
        }
        return definition;
    }

    /** What it answers now; empty if it isn't asked. */
    Optional<CheckStatus> status() throws InterruptedException {
        return readiness == null
                ? Optional.empty()
                : Optional.of(readiness.ask().status());
    }
}
