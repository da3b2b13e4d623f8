package dev.rollcall.relay.delivery;

import dev.rollcall.relay.queue.Queued;
import java.util.List;

/** Where a lane delivers to. One lane calls it, from one thread. */
public interface Destination {
    /** Waits until the next attempt may be made. */
    void awaitTurn();

    /**
     * Says what to do next.
     *
     * @param waiting what waits, the oldest first; at least one
     * @return the selection
     */
    Selection select(List<Queued> waiting);

    /**
     * Tries to deliver.
     *
     * @param batch what was selected, at least one
     * @return how it ended
     */
    Attempt deliver(List<Queued> batch);
}
