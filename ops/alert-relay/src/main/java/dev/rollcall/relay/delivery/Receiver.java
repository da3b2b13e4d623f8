package dev.rollcall.relay.delivery;

import dev.rollcall.relay.domain.Channel;
import dev.rollcall.relay.domain.Notification;
import dev.rollcall.relay.queue.NotStoredException;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Routes each notification to the queues of its channel that accept it. */
public final class Receiver {
    private final Map<Channel, List<Route>> routes;

    /**
     * A receiver.
     *
     * @param routes by channel; a channel without routes is not served
     */
    public Receiver(Map<Channel, List<Route>> routes) {
        this.routes = Map.copyOf(routes);
    }

    /**
     * Whether a channel is served.
     *
     * @param channel the channel
     * @return true if it has a route
     */
    public boolean serves(Channel channel) {
        return !routes.getOrDefault(channel, List.of()).isEmpty();
    }

    /**
     * Stores a notification in each queue that accepts it, or in the first one if none does, so that it is not lost.
     *
     * @param channel a channel that is served
     * @param notification the notification
     * @throws NotStoredException if a queue cannot store it; when it is sent again, the others recognise a duplicate
     */
    public void accept(Channel channel, Notification notification) {
        List<Route> all = routes.getOrDefault(channel, List.of());
        List<Route> matching =
                all.stream().filter(route -> route.accepts().test(notification)).toList();
        (matching.isEmpty() ? all.subList(0, 1) : matching)
                .forEach(route -> route.queue().accept(notification));
    }

    /**
     * A queue and the notifications it accepts.
     *
     * @param queue the queue
     * @param accepts which notifications
     */
    public record Route(DeliveryQueue queue, Predicate<Notification> accepts) {}
}
