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

/** Compares an instance's definition with the agent's entry and repairs differences. One loop calls it. */
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

    /** Reconciler of one instance; {@code interval} is the maximum time between two comparisons. */
    Reconciler(AgentApi agent, Duration interval) {
        this.agent = agent;
        this.interval = interval;
    }

    /** How often the agent had lost the instance. */
    AtomicLong lost() {
        return lost;
    }

    /** How often the agent's entry differed from the definition. */
    AtomicLong changed() {
        return changed;
    }

    /** Whether the agent ever confirmed the instance, so that callers may know it. */
    boolean confirmedOnce() {
        return confirmedOnce;
    }

    /** Ids of the checks that expect the instance's own reports. */
    List<String> ttlChecks() {
        return ttlChecks;
    }

    /** Puts the instance into maintenance mode for {@code reason}, or, for null, takes it out. */
    void maintenance(String id, @Nullable String reason) {
        // stored first: if the call fails, the next round repeats it
        Maintenance wish = new Maintenance(reason, false);
        ask(wish);
        maintain(id, Optional.ofNullable(reason));
        told(wish);
    }

    /**
     * One round: waits for a change of a confirmed entry, compares, repairs.
     *
     * @param instance tells the status to register with
     * @return whether the agent's entry matches; after a repair the next round tells
     * @throws ConsulUnavailableException if the agent is unavailable
     * @throws ConsulRefusedException if it refuses
     */
    boolean round(ServiceDefinition wanted, LocalInstance instance) throws InterruptedException {
        String hash = confirmedHash;
        // forgotten until confirmed again: after any failure the next round doesn't wait
        confirmedHash = null;
        Optional<AgentService> found =
                hash == null ? agent.service(wanted.id()) : agent.awaitChange(wanted.id(), hash, nextWait());
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
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "Registered {0} again: its entry in Consul was {1}",
                    definition.id(),
                    reason);
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

    /** A random wait between half and all of the interval, in the whole seconds that Consul expects. */
    private Duration nextWait() {
        long longest = Math.max(2, interval.toSeconds());
        return Duration.ofSeconds(ThreadLocalRandom.current().nextLong(longest / 2, longest + 1));
    }

    /**
     * The last request for maintenance mode.
     *
     * @param asked reason to enter it; null to leave it, or if there was no request
     * @param told whether the agent has accepted the request
     */
    private record Maintenance(@Nullable String asked, boolean told) {
        /** The reason to be in maintenance mode now; keeps what others set. */
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
