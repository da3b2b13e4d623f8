package dev.rollcall.relay.delivery;

import dev.rollcall.relay.queue.Queued;
import java.util.List;

/** What a queue delivers to. Only the queue's own thread calls it. */
public interface Destination {
    /** Waits until the destination's limits allow the next attempt. */
    void awaitTurn();

    /**
     * Plans the next attempt.
     *
     * @param waiting the notifications that wait, the oldest first; at least one
     * @return the plan
     */
    DeliveryPlan plan(List<Queued> waiting);

    /**
     * Tries to deliver.
     *
     * @param batch the plan's batch, at least one notification
     * @return the outcome
     */
    Attempt deliver(List<Queued> batch);
}
