package dev.rollcall.relay.delivery;

import dev.rollcall.relay.domain.Notification;
import dev.rollcall.relay.domain.Result;
import dev.rollcall.relay.metrics.ChannelMeters;
import dev.rollcall.relay.queue.Acceptance;
import dev.rollcall.relay.queue.Entry;
import dev.rollcall.relay.queue.NotStoredException;
import dev.rollcall.relay.queue.Queued;
import dev.rollcall.relay.queue.Spool;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** The way to one destination: a spool, and one loop that empties it. */
public final class Lane {
    private static final System.Logger LOGGER = System.getLogger(Lane.class.getName());
    private static final int MOST_AT_ONCE = 200;
    private static final Duration IDLE = Duration.ofSeconds(30);

    private final String name;
    private final Spool spool;
    private final Destination destination;
    private final ChannelMeters meters;
    private final Retries retries;
    private final Bell bell;
    private final Clock clock;
    private final Thread thread;

    // owned by the loop
    private final Backoff backoff;
    private final Refusals refusals;
    private String trouble = "";

    /**
     * A lane, not started yet.
     *
     * @param name name of the destination, for the log
     * @param spool what waits
     * @param destination where to
     * @param meters the channel's
     * @param retries how often and how long to try
     * @param bell what the destination waits by, too
     * @param clock the time
     */
    public Lane(
            String name,
            Spool spool,
            Destination destination,
            ChannelMeters meters,
            Retries retries,
            Bell bell,
            Clock clock) {
        this.name = name;
        this.spool = spool;
        this.destination = destination;
        this.meters = meters;
        this.retries = retries;
        this.bell = bell;
        this.clock = clock;
        this.backoff = new Backoff(retries);
        this.refusals = new Refusals(retries);
        this.thread = Thread.ofVirtual().name("lane-" + name).unstarted(this::run);
        meters.follow(spool);
    }

    /** Begins to deliver. */
    public void start() {
        thread.start();
    }

    /**
     * Stores a notification.
     *
     * @param notification the notification
     * @throws NotStoredException if it can't be stored
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
        bell.ring();
    }

    /** Has the loop end after what it is sending right now; the rest stays in the spool. */
    void stop() {
        bell.stop();
    }

    /** Waits until the loop has ended. */
    boolean awaitEnd(Duration atMost) throws InterruptedException {
        return thread.join(atMost);
    }

    private void run() {
        int waiting = spool.depth();
        if (waiting > 0) {
            LOGGER.log(Level.INFO, "{0}: {1} notifications wait from before", name, waiting);
        }
        while (!bell.isStopped()) {
            try {
                round();
            } catch (RuntimeException | Error e) {
                LOGGER.log(Level.ERROR, name + " failed in a way nobody expected, and goes on", e);
                bell.pause(backoff.next());
            }
        }
    }

    private void round() {
        if (!bell.await(() -> spool.has(refusals::isDue), refusals.untilNext(IDLE))) {
            return;
        }
        destination.awaitTurn();
        if (bell.isStopped()) {
            return;
        }
        List<Queued> due = spool.head(MOST_AT_ONCE, refusals::isDue, entry -> gone(entry, Result.CORRUPT));
        if (due.isEmpty()) {
            return;
        }
        Selection selection = destination.select(apart(due));
        selection.delivered().forEach(this::delivered);
        selection.skipped().forEach(this::skipped);
        if (!selection.batch().isEmpty()) {
            conclude(selection.batch(), destination.deliver(selection.batch()));
        }
    }

    /** What was refused before is tried by itself, so that nothing else is refused with it. */
    private List<Queued> apart(List<Queued> due) {
        Queued first = due.getFirst();
        return refusals.has(first.entry())
                ? List.of(first)
                : due.stream().filter(queued -> !refusals.has(queued.entry())).toList();
    }

    private void conclude(List<Queued> batch, Attempt attempt) {
        if (bell.isStopped() && !(attempt instanceof Attempt.Delivered)) {
            // broken off rather than failed
            return;
        }
        switch (attempt) {
            case Attempt.Delivered delivered -> {
                if (!trouble.isEmpty()) {
                    LOGGER.log(Level.INFO, "{0} takes notifications again", name);
                    trouble = "";
                }
                backoff.reset();
                batch.forEach(this::delivered);
            }
            case Attempt.Failed(String reason) -> {
                meters.count(Result.FAILED);
                if (!reason.equals(trouble)) {
                    warn(reason);
                }
                trouble = reason;
                expire(batch, reason);
                bell.pause(backoff.next());
            }
            case Attempt.Later(Result counted, String reason, Duration pause) -> {
                meters.count(counted);
                warn(reason);
                trouble = reason;
                expire(batch, reason);
                bell.pause(pause);
            }
            case Attempt.Refused(String reason) -> {
                meters.count(Result.FAILED);
                warn(reason);
                batch.forEach(queued -> refusals.add(queued.entry(), batch.size() > 1));
                expire(batch, reason);
            }
        }
    }

    private void warn(String reason) {
        LOGGER.log(Level.WARNING, "{0}: {1} notifications wait: {2}", name, spool.depth(), reason);
    }

    private void delivered(Queued queued) {
        takeOff(queued);
        refusals.remove(queued.entry());
        meters.delivered(Duration.between(queued.entry().accepted(), clock.instant()));
    }

    private void skipped(Queued queued) {
        takeOff(queued);
        gone(queued.entry(), Result.SKIPPED);
    }

    private void takeOff(Queued queued) {
        List<Entry> earlier = spool.delivered(queued.entry());
        if (!earlier.isEmpty()) {
            LOGGER.log(
                    Level.WARNING,
                    "{0}: {1} earlier notifications of a group are dropped, because a later one has overtaken them: {2}",
                    name,
                    earlier.size(),
                    queued.notification().summary());
        }
        earlier.forEach(entry -> gone(entry, Result.SKIPPED));
    }

    /** Counts a notification that left the spool undelivered. */
    private void gone(Entry entry, Result result) {
        refusals.remove(entry);
        meters.count(result);
    }

    private void expire(List<Queued> batch, String reason) {
        var oldest = clock.instant().minus(retries.maxAge());
        for (Queued queued : batch) {
            if (queued.entry().accepted().isBefore(oldest) && spool.bury(queued.entry())) {
                gone(queued.entry(), Result.DEAD);
                LOGGER.log(
                        Level.WARNING,
                        "{0}: given up after {1} and kept aside: {2}: {3}",
                        name,
                        retries.maxAge(),
                        queued.notification().summary(),
                        reason);
            }
        }
    }
}
