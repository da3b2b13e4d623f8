package dev.rollcall.relay.delivery;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;

/** All queues of a relay. They close together, within one grace time. */
public final class DeliveryQueues implements AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger(DeliveryQueues.class.getName());
    /** The time a queue may take to end after its request was broken off. */
    private static final Duration LAST = Duration.ofSeconds(1);

    private final List<DeliveryQueue> queues;
    private final HttpSender http;
    private final Duration grace;

    private DeliveryQueues(List<DeliveryQueue> queues, HttpSender http, Duration grace) {
        this.queues = List.copyOf(queues);
        this.http = http;
        this.grace = grace;
    }

    /**
     * Starts to deliver.
     *
     * @param queues the queues
     * @param http what they send with; closed to break off requests
     * @param grace how long requests in flight may take when the queues are closed
     * @return the running queues
     */
    public static DeliveryQueues start(List<DeliveryQueue> queues, HttpSender http, Duration grace) {
        queues.forEach(DeliveryQueue::start);
        return new DeliveryQueues(queues, http, grace);
    }

    /**
     * Stops every queue after its current request, and breaks requests off when the grace time is over. Undelivered
     * notifications stay in the spools.
     */
    @Override
    public void close() {
        queues.forEach(DeliveryQueue::stop);
        try {
            if (!awaitEnd(grace)) {
                LOGGER.log(Level.WARNING, "requests without an answer within {0} are broken off", grace);
                http.close();
                awaitEnd(LAST);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean awaitEnd(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        boolean ended = true;
        for (DeliveryQueue queue : queues) {
            ended &= queue.awaitEnd(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
        }
        return ended;
    }
}
