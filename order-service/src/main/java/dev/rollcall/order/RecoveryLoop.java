package dev.rollcall.order;

import dev.rollcall.chassis.store.StoreUnavailable;
import dev.rollcall.discovery.loop.BackgroundLoop;
import dev.rollcall.order.domain.OrderBook;
import dev.rollcall.order.domain.Recovery;
import dev.rollcall.order.metrics.OrderMeters;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Runs {@link Recovery} periodically and shows the backlog. It slows down while it makes no progress, and jitter keeps it out
 * of step with the other instances.
 */
final class RecoveryLoop implements AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger(RecoveryLoop.class.getName());
    private static final int MAX_DOUBLINGS = 2;

    private final Recovery recovery;
    private final OrderBook orders;
    private final OrderMeters meters;
    private final Duration interval;
    private final BackgroundLoop rounds;

    // owned by the loop
    private int failures;
    private boolean stuck;

    private RecoveryLoop(Recovery recovery, OrderBook orders, OrderMeters meters, Duration interval) {
        this.recovery = recovery;
        this.orders = orders;
        this.meters = meters;
        this.interval = interval;
        this.rounds = new BackgroundLoop(
                "order-recovery", this::round, this::failed, interval, interval.multipliedBy(1L << MAX_DOUBLINGS));
    }

    /** Starts; a round runs about once an interval. */
    static RecoveryLoop start(Recovery recovery, OrderBook orders, OrderMeters meters, Duration interval) {
        var loop = new RecoveryLoop(recovery, orders, meters, interval);
        loop.rounds.start();
        return loop;
    }

    private void round() throws InterruptedException {
        Recovery.Round round = recovery.round();
        meters.unsettled(orders.backlog());
        tell(round);
        failures = round.interrupted() && round.released() == 0 ? failures + 1 : 0;
        if (!round.more()) {
            pause();
        }
    }

    private void failed(Throwable e) {
        meters.unsettledUnknown();
        // the store logs its own absence, once
        LOGGER.log(e instanceof StoreUnavailable ? Level.DEBUG : Level.WARNING, "recovery failed and goes on", e);
    }

    private void tell(Recovery.Round round) {
        if (round.cancelled() > 0) {
            LOGGER.log(
                    Level.WARNING,
                    "cancelled {0} orders that a crash or a lost answer had left pending",
                    round.cancelled());
        }
        if (round.interrupted() && !stuck) {
            LOGGER.log(Level.WARNING, "coupons of cancelled orders can''t be released now; still trying");
        } else if (!round.interrupted() && stuck) {
            LOGGER.log(Level.INFO, "coupons of cancelled orders can be released again");
        } else if (round.released() > 0) {
            LOGGER.log(Level.INFO, "released {0} coupons of cancelled orders", round.released());
        }
        stuck = round.interrupted();
    }

    private void pause() throws InterruptedException {
        long millis = interval.toMillis() << Math.min(failures, MAX_DOUBLINGS);
        Thread.sleep(millis - ThreadLocalRandom.current().nextLong(millis / 2 + 1));
    }

    /** Ends the loop and waits for the current round. */
    @Override
    public void close() {
        rounds.close();
        rounds.awaitEnd(Duration.ofSeconds(5));
    }
}
