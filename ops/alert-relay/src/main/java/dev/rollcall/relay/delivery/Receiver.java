package dev.rollcall.relay.delivery;

import dev.rollcall.relay.domain.Channel;
import dev.rollcall.relay.domain.Notification;
import dev.rollcall.relay.queue.NotStoredException;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Hands a notification to every lane of its channel that it concerns. */
public final class Desk {
    private final Map<Channel, List<Counter>> counters;

    /**
     * A desk.
     *
     * @param counters by channel, what takes its notifications; a channel that isn't there isn't served
     */
    public Desk(Map<Channel, List<Counter>> counters) {
        this.counters = Map.copyOf(counters);
    }

    /**
     * Whether a channel is served.
     *
     * @param channel the channel
     * @return true if it has a lane
     */
    public boolean serves(Channel channel) {
        return !counters.getOrDefault(channel, List.of()).isEmpty();
    }

    /**
     * Stores a notification for all whom it concerns; what concerns nobody goes to the first, because it must not get lost.
     *
     * @param channel a channel that is served
     * @param notification the notification
     * @throws NotStoredException if a lane can't store it: sent again, it is a duplicate to those that could
     */
    public void accept(Channel channel, Notification notification) {
        List<Counter> all = counters.getOrDefault(channel, List.of());
        List<Counter> concerned = all.stream()
                .filter(counter -> counter.takes().test(notification))
                .toList();
        (concerned.isEmpty() ? all.subList(0, 1) : concerned)
                .forEach(counter -> counter.lane().accept(notification));
    }

    /**
     * A lane and what it takes.
     *
     * @param lane the lane
     * @param takes which notifications concern it
     */
    public record Counter(Lane lane, Predicate<Notification> takes) {}
}
