package dev.rollcall.relay.delivery;

import dev.rollcall.relay.queue.Queued;
import java.util.List;

/**
 * What a destination does with notifications that wait; those it doesn't name wait on.
 *
 * @param batch delivered in the next attempt
 * @param delivered delivered already
 * @param skipped not to be delivered
 */
public record Selection(List<Queued> batch, List<Queued> delivered, List<Queued> skipped) {
    /** Copies the lists. */
    public Selection {
        batch = List.copyOf(batch);
        delivered = List.copyOf(delivered);
        skipped = List.copyOf(skipped);
    }

    /**
     * A selection of nothing but what to deliver next.
     *
     * @param batch what to deliver
     * @return the selection
     */
    public static Selection of(List<Queued> batch) {
        return new Selection(batch, List.of(), List.of());
    }
}
