package dev.rollcall.relay.delivery;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;

/** All lanes of a relay. They close at the same time, within one grace time. */
public final class Lanes implements AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger(Lanes.class.getName());
    /** What a lane may take to note that its request was broken off. */
    private static final Duration LAST = Duration.ofSeconds(1);

    private final List<Lane> lanes;
    private final HttpSender http;
    private final Duration grace;

    /**
     * The lanes, not started yet.
     *
     * @param lanes the lanes
     * @param http what they send by; closed with them
     * @param grace how long a message that is being sent when the lanes are closed may take to be answered
     */
    public Lanes(List<Lane> lanes, HttpSender http, Duration grace) {
        this.lanes = List.copyOf(lanes);
        this.http = http;
        this.grace = grace;
    }

    /** Begins to deliver. */
    public void start() {
        lanes.forEach(Lane::start);
    }

    /**
     * Ends all lanes after what each is sending right now, and breaks that off when the grace time is over; what isn't
     * delivered stays in the spools.
     */
    @Override
    public void close() {
        lanes.forEach(Lane::stop);
        try {
            if (!awaitEnd(grace)) {
                LOGGER.log(Level.WARNING, "messages are broken off that were not answered within {0}", grace);
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
        for (Lane lane : lanes) {
            ended &= lane.awaitEnd(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
        }
        return ended;
    }
}
