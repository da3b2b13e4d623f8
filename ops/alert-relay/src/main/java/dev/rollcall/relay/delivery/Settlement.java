package dev.rollcall.relay.delivery;

import dev.rollcall.relay.domain.Result;
import dev.rollcall.relay.metrics.ChannelMeters;
import dev.rollcall.relay.queue.Queued;
import dev.rollcall.relay.queue.Spool;
import dev.rollcall.relay.queue.SpoolEntry;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Takes notifications off a spool as delivered, skipped, dead or corrupt, and counts and logs each. */
final class Settlement {
    private static final System.Logger LOGGER = System.getLogger(Settlement.class.getName());

    private final String name;
    private final Spool spool;
    private final RetrySchedule rejected;
    private final ChannelMeters meters;
    private final Duration maxAge;
    private final Clock clock;

    Settlement(String name, Spool spool, RetrySchedule rejected, ChannelMeters meters, Duration maxAge, Clock clock) {
        this.name = name;
        this.spool = spool;
        this.rejected = rejected;
        this.meters = meters;
        this.maxAge = maxAge;
        this.clock = clock;
    }

    void delivered(Queued queued) {
        takeOff(queued);
        rejected.remove(queued.entry());
        meters.delivered(Duration.between(queued.entry().accepted(), clock.instant()));
    }

    void skipped(Queued queued) {
        takeOff(queued);
        lost(queued.entry(), Result.SKIPPED);
    }

    void corrupt(SpoolEntry entry) {
        lost(entry, Result.CORRUPT);
    }

    /** Gives up the notifications of a failed attempt that are too old. */
    void expire(List<Queued> batch, String reason) {
        Instant oldest = clock.instant().minus(maxAge);
        for (Queued queued : batch) {
            if (queued.entry().accepted().isBefore(oldest) && spool.giveUp(queued.entry())) {
                lost(queued.entry(), Result.DEAD);
                LOGGER.log(
                        Level.WARNING,
                        "{0}: gave up after {1}, kept in the directory dead: {2}: {3}",
                        name,
                        maxAge,
                        queued.notification().summary(),
                        reason);
            }
        }
    }

    private void takeOff(Queued queued) {
        List<SpoolEntry> earlier = spool.delivered(queued.entry());
        if (!earlier.isEmpty()) {
            LOGGER.log(
                    Level.WARNING,
                    "{0}: dropped {1} earlier notifications of a group, superseded by {2}",
                    name,
                    earlier.size(),
                    queued.notification().summary());
        }
        earlier.forEach(entry -> lost(entry, Result.SKIPPED));
    }

    /** Counts a notification that left the spool undelivered. */
    private void lost(SpoolEntry entry, Result result) {
        rejected.remove(entry);
        meters.count(result);
    }
}
