package dev.rollcall.discovery;

import dev.rollcall.discovery.AgentApi.AgentCheck;
import dev.rollcall.discovery.AgentApi.AgentService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Compares what one instance wants to be with what the agent has, and repairs the difference. One loop calls it.
 */
final class Reconciler {
    private static final System.Logger LOGGER = System.getLogger(Reconciler.class.getName());

    private final AgentApi agent;
    private final Duration interval;
    private final AtomicLong lost = new AtomicLong();
    private final AtomicLong changed = new AtomicLong();

    private volatile boolean confirmedOnce;
    private volatile List<String> ttlChecks = List.of();
    /** Why the instance is in maintenance mode; null while it isn't. */
    private volatile @Nullable String maintenance;

    private @Nullable String confirmedHash;

    /**
     * Reconciler of one instance.
     *
     * @param interval longest time between two comparisons
     */
    Reconciler(AgentApi agent, Duration interval) {
        this.agent = agent;
        this.interval = interval;
    }

    /** Times the agent had lost the instance. */
    AtomicLong lost() {
        return lost;
    }

    /** Times the agent had it otherwise than wanted. */
    AtomicLong changed() {
        return changed;
    }

    /** Whether the agent ever had the instance as it is wanted, so that others may know it. */
    boolean confirmedOnce() {
        return confirmedOnce;
    }

    /** Ids of the checks that wait for the instance's own report. */
    List<String> ttlChecks() {
        return ttlChecks;
    }

    /** Puts the instance into maintenance mode for {@code reason}, or, for null, takes it out. */
    void maintenance(String id, @Nullable String reason) {
        // kept first: should the call fail, the next round sees to it
        maintenance = reason;
        agent.maintenance(id, reason != null, reason == null ? "" : reason);
    }

    /**
     * One round: waits for news of a confirmed instance, compares, repairs.
     *
     * @return whether the agent has what is wanted; after a repair the next round tells
     * @throws ConsulUnavailableException if the agent is away
     * @throws ConsulRefusedException if it refuses
     */
    boolean round(ServiceDefinition wanted) {
        String hash = confirmedHash;
        // forgotten until it is confirmed again: after any failure the agent is asked in full
        confirmedHash = null;
        Optional<AgentService> found =
                hash == null ? agent.service(wanted.getId()) : agent.awaitChange(wanted.getId(), hash, waitSeconds());
        if (found.isEmpty()) {
            register(wanted, lost, "lost");
            return false;
        }
        List<AgentCheck> checks = new ArrayList<>(agent.checks(wanted.getId()));
        boolean inMaintenance = checks.removeIf(AgentCheck::isMaintenance);
        if (!wanted.matches(found.get(), checks)) {
            wanted.adopt(found.get(), checks);
            register(wanted, changed, "changed");
            return false;
        }
        String reason = maintenance;
        if (reason != null && !inMaintenance) {
            agent.maintenance(wanted.getId(), true, reason);
        }
        ttlChecks =
                checks.stream().filter(AgentCheck::isTtl).map(AgentCheck::id).toList();
        confirmedHash = found.get().contentHash();
        confirmedOnce = true;
        return true;
    }

    private void register(ServiceDefinition wanted, AtomicLong repairs, String reason) {
        agent.register(wanted);
        if (confirmedOnce) {
            repairs.incrementAndGet();
            LOGGER.log(System.Logger.Level.WARNING, "Registered {0} again: Consul had it {1}", wanted.getId(), reason);
        }
    }

    /** Whole seconds, as Consul wants them: between half the interval and all of it. */
    private long waitSeconds() {
        long longest = Math.max(2, interval.toSeconds());
        return ThreadLocalRandom.current().nextLong(longest / 2, longest + 1);
    }
}
