package dev.rollcall.relay.delivery;

import dev.rollcall.discovery.loop.Backoff;
import dev.rollcall.relay.domain.Notification;
import dev.rollcall.relay.domain.Result;
import dev.rollcall.relay.metrics.ChannelMeters;
import dev.rollcall.relay.queue.Acceptance;
import dev.rollcall.relay.queue.NotStoredException;
import dev.rollcall.relay.queue.Queued;
import dev.rollcall.relay.queue.Spool;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** The queue of one destination: a spool, and one loop that delivers what is in it. */
public final class DeliveryQueue {
    private static final System.Logger LOGGER = System.getLogger(DeliveryQueue.class.getName());
    private static final int MAX_BATCH = 200;
    private static final Duration IDLE = Duration.ofSeconds(30);

    private final String name;
    private final Spool spool;
    private final Destination destination;
    private final ChannelMeters meters;
    private final Signal signal;
    private final Thread thread;

    // used by the loop only
    private final Backoff backoff;
    private final RetrySchedule rejected;
    private final Settlement settlement;
    private String trouble = "";

    /**
     * A queue, not started.
     *
     * @param name name of the destination, for the log
     * @param spool the notifications that wait
     * @param destination delivers them
     * @param meters the channel's meters
     * @param retries how often and how long to try
     * @param signal what the destination waits for, too
     * @param clock the time
     */
    public DeliveryQueue(
            String name,
            Spool spool,
            Destination destination,
            ChannelMeters meters,
            RetryPolicy retries,
            Signal signal,
            Clock clock) {
        this.name = name;
        this.spool = spool;
        this.destination = destination;
        this.meters = meters;
        this.signal = signal;
        this.backoff = retries.backoff();
        this.rejected = new RetrySchedule(retries);
        this.settlement = new Settlement(name, spool, rejected, meters, retries.maxAge(), clock);
        this.thread = Thread.ofVirtual().name("deliver-" + name).unstarted(this::run);
        meters.follow(spool);
    }

    /** Starts to deliver. */
    public void start() {
        thread.start();
    }

    /**
     * Stores a notification.
     *
     * @param notification the notification
     * @throws NotStoredException if it cannot be stored
     */
    public void accept(Notification notification) {
        try {
            Acceptance acceptance = spool.accept(notification);
            meters.count(
                    switch (acceptance) {
                        case STORED -> Result.ACCEPTED;
                        case DUPLICATE -> Result.DUPLICATE;
                    });
        } catch (NotStoredException e) {
            meters.count(Result.NOT_STORED);
            throw e;
        }
        signal.wake();
    }

    /** Ends the loop after the current request; the rest stays in the spool. */
    void stop() {
        signal.stop();
    }

    /** Waits for the end of the loop. */
    boolean awaitEnd(Duration atMost) throws InterruptedException {
        return thread.join(atMost);
    }

    private void run() {
        int waiting = spool.depth();
        if (waiting > 0) {
            LOGGER.log(Level.INFO, "{0}: {1} notifications wait from before", name, waiting);
        }
        while (!signal.isStopped()) {
            try {
                round();
            } catch (RuntimeException | Error e) {
                LOGGER.log(Level.ERROR, name + ": unexpected failure, delivery is tried again", e);
                signal.pause(backoff.next());
            }
        }
    }

    private void round() {
        if (!signal.await(() -> spool.has(rejected::isDue), rejected.untilNext(IDLE))) {
            return;
        }
        destination.awaitTurn();
        if (signal.isStopped()) {
            return;
        }
        List<Queued> due = spool.head(MAX_BATCH, rejected::isDue, settlement::corrupt);
        if (due.isEmpty()) {
            return;
        }
        DeliveryPlan plan = destination.plan(apart(due));
        plan.delivered().forEach(settlement::delivered);
        plan.skipped().forEach(settlement::skipped);
        if (!plan.batch().isEmpty()) {
            conclude(plan.batch(), destination.deliver(plan.batch()));
        }
    }

    /** A notification that was rejected before is tried alone, so that no other is rejected with it. */
    private List<Queued> apart(List<Queued> due) {
        Queued first = due.getFirst();
        return rejected.has(first.entry())
                ? List.of(first)
                : due.stream().filter(queued -> !rejected.has(queued.entry())).toList();
    }

    private void conclude(List<Queued> batch, Attempt attempt) {
        if (signal.isStopped() && !(attempt instanceof Attempt.Delivered)) {
            // broken off, not failed
            return;
        }
        switch (attempt) {
            case Attempt.Delivered delivered -> {
                if (!trouble.isEmpty()) {
                    LOGGER.log(Level.INFO, "{0} accepts notifications again", name);
                    trouble = "";
                }
                backoff.reset();
                batch.forEach(settlement::delivered);
            }
            case Attempt.Failed(String reason) -> {
                meters.count(Result.FAILED);
                if (!reason.equals(trouble)) {
                    warn(reason);
                }
                trouble = reason;
                settlement.expire(batch, reason);
                signal.pause(backoff.next());
            }
            case Attempt.Later(Result counted, String reason, Duration pause) -> {
                meters.count(counted);
                warn(reason);
                trouble = reason;
                settlement.expire(batch, reason);
                signal.pause(pause);
            }
            case Attempt.Rejected(String reason) -> {
                meters.count(Result.FAILED);
                warn(reason);
                batch.forEach(queued -> rejected.add(queued.entry(), batch.size() > 1));
                settlement.expire(batch, reason);
            }
        }
    }

    private void warn(String reason) {
        LOGGER.log(Level.WARNING, "{0}: {1} notifications wait: {2}", name, spool.depth(), reason);
    }
}
