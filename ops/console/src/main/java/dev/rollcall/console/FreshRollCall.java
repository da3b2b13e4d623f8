package dev.rollcall.console;

import dev.rollcall.rollcall.RollCall;
import dev.rollcall.rollcall.RollCaller;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls the roll at most once a second for any number of pages, and not at all while no page is open. */
final class FreshRollCall {
    private static final Duration FRESH = Duration.ofMillis(900);

    private final RollCaller caller;
    private final Clock clock;
    private @Nullable RollCall last;

    FreshRollCall(RollCaller caller, Clock clock) {
        this.caller = caller;
        this.clock = clock;
    }

    /** A roll call that is less than a second old. */
    synchronized RollCall get() {
        RollCall fresh = last;
        if (fresh == null || Duration.between(fresh.at(), clock.instant()).compareTo(FRESH) > 0) {
            fresh = caller.call(List.of());
            last = fresh;
        }
        return fresh;
    }
}
