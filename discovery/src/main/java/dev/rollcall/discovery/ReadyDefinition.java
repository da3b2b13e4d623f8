package dev.rollcall.discovery;

import java.net.InetAddress;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What to register of a started server, once it is ready to be called or has had its time for that. */
final class ReadyDefinition implements Supplier<ServiceDefinition> {
    private static final System.Logger LOGGER = System.getLogger(ReadyDefinition.class.getName());

    private final ConsulFeatureConfig config;
    private final Sockets sockets;
    private final InetAddress bound;
    private final @Nullable Readiness readiness;

    /**
     * Definition of a server.
     *
     * @param bound address the public socket is bound to
     * @param readiness what the server says of itself; null if it isn't asked
     */
    ReadyDefinition(ConsulFeatureConfig config, Sockets sockets, InetAddress bound, @Nullable Readiness readiness) {
        this.config = config;
        this.sockets = sockets;
        this.bound = bound;
        this.readiness = readiness;
    }

    @Override
    public ServiceDefinition get() {
        ServiceDefinition definition = ServiceDefinition.create(config, OwnAddress.find(config, bound), sockets);
        if (readiness == null
                || config.healthFollowsRegistration()
                || !config.readyTimeout().isPositive()) {
            return definition;
        }
        try {
            Readiness.Answer answer = readiness.await(config.readyTimeout());
            if (answer.isNotReady()) {
                definition.initialStatus(CheckStatus.CRITICAL);
                LOGGER.log(
                        System.Logger.Level.WARNING,
                        "{0} registers as critical, because it is not ready after {1}: {2}",
                        definition.getId(),
                        config.readyTimeout(),
                        answer.output());
            }
            return definition;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(definition.getId() + " left before it was ready", e);
        }
    }
}
