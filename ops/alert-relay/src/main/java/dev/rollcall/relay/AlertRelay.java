package dev.rollcall.relay;

import dev.rollcall.chassis.RunningService;
import dev.rollcall.discovery.http.BearerTokens;
import dev.rollcall.relay.delivery.DeliveryQueues;
import dev.rollcall.relay.delivery.HttpSender;
import dev.rollcall.relay.http.CallRoutes;
import dev.rollcall.relay.http.NotificationRoutes;
import dev.rollcall.relay.metrics.RegisteredInstances;
import dev.rollcall.relay.metrics.RelayMeters;
import dev.rollcall.relay.queue.QueueDirectory;
import io.helidon.config.Config;
import java.time.Clock;

/** Assembles the alert relay. */
public final class AlertRelay {
    private AlertRelay() {}

    /**
     * Starts an instance and delivers what its queue holds from before. Consul may come later. Undelivered notifications
     * stay on disk when it is closed.
     *
     * @param config the configuration, with the keys of {@code application.yaml}
     * @return the instance, listening
     * @throws RuntimeException if a value is missing or wrong, or a port is taken; the message says which
     */
    public static RunningService start(Config config) {
        var settings = Settings.of(config);
        Clock clock = Clock.systemUTC();
        BearerTokens tokens = BearerTokens.fromFiles(settings.adminTokens(), settings.relayTokens());
        return RunningService.start(config, AlertRelay.class, service -> {
            QueueDirectory queue = service.part(QueueDirectory.open(
                    settings.queue().directory(),
                    settings.queue().maxBytes(),
                    settings.queue().duplicateWindow(),
                    clock));
            service.readiness("queue", queue::isWritable);
            HttpSender http = service.part(new HttpSender(settings.timeout()));
            var meters = new RelayMeters(service.registry(), clock);
            var destinations = Destinations.open(settings, queue, meters, http, clock);
            service.api(new NotificationRoutes(destinations.receiver(), meters, tokens));
            service.api(new CallRoutes(destinations::acknowledge, tokens));
            service.afterStart(() -> DeliveryQueues.start(destinations.queues(), http, settings.grace()));
            if (service.consul().prototype().enabled()) {
                service.afterStart(
                        () -> RegisteredInstances.start(service.consul().discovery(), service.registry()));
            }
        });
    }
}
