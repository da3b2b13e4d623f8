package dev.rollcall.relay.delivery;

import dev.rollcall.relay.queue.Queued;
import java.util.List;

/**
 * What a destination does with waiting notifications; those it does not name keep waiting.
 *
 * @param batch to deliver in the next attempt
 * @param delivered already delivered
 * @param skipped not to be delivered
 */
public record DeliveryPlan(List<Queued> batch, List<Queued> delivered, List<Queued> skipped) {
    /** Copies the lists. */
    public DeliveryPlan {
        batch = List.copyOf(batch);
        delivered = List.copyOf(delivered);
        skipped = List.copyOf(skipped);
    }

    /**
     * A plan that only delivers.
     *
     * @param batch what to deliver
     * @return the plan
     */
    public static DeliveryPlan of(List<Queued> batch) {
        return new DeliveryPlan(batch, List.of(), List.of());
    }
}
