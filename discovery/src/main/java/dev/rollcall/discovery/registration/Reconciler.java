package dev.rollcall.discovery.registration;

import dev.rollcall.discovery.consul.ConsulRefusedException;
import dev.rollcall.discovery.consul.ConsulUnavailableException;
import dev.rollcall.discovery.registration.AgentApi.AgentCheck;
import dev.rollcall.discovery.registration.AgentApi.AgentService;
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
    private volatile Maintenance maintenance = new Maintenance(null, true);

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
        // kept first: should the call fail, the next round makes it good
        Maintenance wish = new Maintenance(reason, false);
        ask(wish);
        maintain(id, Optional.ofNullable(reason));
        told(wish);
    }

    /**
     * One round: waits for news of a confirmed instance, compares, repairs.
     *
     * @param instance asked how it is when the agent has to be told
     * @return whether the agent has what is wanted; after a repair the next round tells
     * @throws ConsulUnavailableException if the agent is away
     * @throws ConsulRefusedException if it refuses
     */
    boolean round(ServiceDefinition wanted, LocalInstance instance) throws InterruptedException {
        String hash = confirmedHash;
        // forgotten until it is confirmed again: after any failure the agent is asked in full
        confirmedHash = null;
        Optional<AgentService> found =
                hash == null ? agent.service(wanted.id()) : agent.awaitChange(wanted.id(), hash, waitSeconds());
        if (found.isEmpty()) {
            register(wanted.withStatus(instance.status(), List.of()), Optional.empty(), lost, "lost");
            return false;
        }
        List<AgentCheck> checks = new ArrayList<>(agent.checks(wanted.id()));
        Optional<AgentCheck> inMaintenance =
                checks.stream().filter(AgentCheck::isMaintenance).findFirst();
        inMaintenance.ifPresent(checks::remove);
        if (!wanted.matches(found.get(), checks)) {
            ServiceDefinition repair = wanted.withTagsOf(found.get()).withStatus(instance.status(), checks);
            register(repair, inMaintenance, changed, "changed");
            return false;
        }
        Maintenance wish = maintenance;
        Optional<String> reason = wish.reason(inMaintenance);
        if (reason.isPresent() != inMaintenance.isPresent()) {
            maintain(wanted.id(), reason);
        }
        told(wish);
        ttlChecks =
                checks.stream().filter(AgentCheck::isTtl).map(AgentCheck::id).toList();
        confirmedHash = found.get().contentHash();
        confirmedOnce = true;
        return true;
    }

    private void register(
            ServiceDefinition definition, Optional<AgentCheck> inMaintenance, AtomicLong repairs, String reason) {
        agent.register(definition);
        // registering ends maintenance mode
        maintenance.reason(inMaintenance).ifPresent(kept -> maintain(definition.id(), Optional.of(kept)));
        if (confirmedOnce) {
            repairs.incrementAndGet();
            LOGGER.log(System.Logger.Level.WARNING, "Registered {0} again: Consul had it {1}", definition.id(), reason);
        }
    }

    private synchronized void ask(Maintenance wish) {
        maintenance = wish;
    }

    private synchronized void told(Maintenance wish) {
        if (maintenance.equals(wish)) {
            maintenance = new Maintenance(wish.asked(), true);
        }
    }

    private void maintain(String id, Optional<String> reason) {
        agent.maintenance(id, reason.isPresent(), reason.orElse(""));
    }

    /** Whole seconds, as Consul wants them: between half the interval and all of it. */
    private long waitSeconds() {
        long longest = Math.max(2, interval.toSeconds());
        return ThreadLocalRandom.current().nextLong(longest / 2, longest + 1);
    }

    /**
     * What was last asked here about maintenance mode.
     *
     * @param asked why the instance has to be in it; null if it has to leave, or if nothing was asked
     * @param told whether the agent has been told
     */
    private record Maintenance(@Nullable String asked, boolean told) {
        /** Why the instance has to be in maintenance mode now; what others set is left alone. */
        Optional<String> reason(Optional<AgentCheck> found) {
            if (asked != null) {
                return Optional.of(asked);
            }
            return told
                    ? found.filter(check -> !check.isOfStop()).map(check -> check.notes() == null ? "" : check.notes())
                    : Optional.empty();
        }
    }
}
