package dev.rollcall.discovery;

import dev.rollcall.discovery.consul.ConsulRefusedException;
import dev.rollcall.discovery.consul.ConsulTransport.Answer;
import dev.rollcall.discovery.consul.QueryLoop;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Watches the instances that match one query: one loop, one blocking query at a time, one snapshot. Keeps the last
 * known list while Consul is away, and for a while when Consul's list collapses.
 *
 * @see <a href="https://developer.hashicorp.com/consul/api-docs/features/blocking">Blocking queries</a>
 */
final class ServiceWatch implements AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger(ServiceWatch.class.getName());

    /** Number of ids that a line of the log names. */
    private static final int MOST_IDS = 20;

    private final HealthApi health;
    private final DiscoveryConfig config;
    private final ServiceQuery query;
    private final QueryLoop loop;
    private final List<Consumer<List<Instance>>> listeners = new CopyOnWriteArrayList<>();
    private final AtomicLong turn = new AtomicLong();
    private final AtomicLong errors = new AtomicLong();

    private volatile @Nullable Snapshot snapshot;
    private volatile @Nullable String trouble;
    private volatile boolean unlistable;

    // owned by the loop
    private InstanceList known = InstanceList.EMPTY;
    private long heldSince;

    ServiceWatch(HealthApi health, DiscoveryConfig config, ServiceQuery query) {
        this.health = health;
        this.config = config;
        this.query = query;
        this.loop = new QueryLoop("consul-watch-" + query.service(), this::ask, this::failed);
    }

    void start() {
        loop.start();
    }

    String service() {
        return query.service();
    }

    /** The known instances; waits for Consul's first answer up to the configured time. */
    Lookup lookup() {
        return lookup(config.firstLookupTimeout());
    }

    /** The known instances; waits for Consul's first answer up to {@code longest}. */
    Lookup lookup(Duration longest) {
        Snapshot current = awaitSnapshot(longest);
        String reason = trouble;
        if (current == null) {
            return unavailable(reason, config.firstLookupTimeout());
        }
        return reason == null
                ? new Lookup.Fresh(current.instances())
                : new Lookup.Stale(current.instances(), current.age());
    }

    /** Whether Consul refuses to list a service of this name, though it may have instances. */
    boolean isUnlistable() {
        return unlistable;
    }

    /** No list yet: because of {@code reason}, or, for null, because Consul did not answer in time. */
    static Lookup.Unavailable unavailable(@Nullable String reason, Duration waited) {
        return new Lookup.Unavailable(
                reason == null ? "Consul did not answer within " + waited.toMillis() + " ms" : reason);
    }

    /** The instance to call. */
    Optional<Instance> pick() {
        Snapshot current = awaitSnapshot(config.firstLookupTimeout());
        Candidate candidate = current == null ? null : current.pick(turn.getAndIncrement());
        return candidate == null ? Optional.empty() : candidate.picked();
    }

    /** The candidates for one call, in the order to try them. */
    Attempts attempts(Predicate<Instance> wanted) {
        Snapshot current = awaitSnapshot(config.firstLookupTimeout());
        return current == null ? Attempts.none() : current.attempts(turn.getAndIncrement(), wanted);
    }

    /** Records a failed call; ejects the instance if it fails repeatedly and enough others are left. */
    void failed(Candidate candidate) {
        Snapshot current = snapshot;
        boolean repeatedly = candidate.failed(config.ejectAfter());
        if (!repeatedly || current == null || candidate.isEjected() || !current.canSpareOne()) {
            return;
        }
        Duration period = candidate.eject(config.ejectFor());
        LOGGER.log(
                System.Logger.Level.INFO,
                "{0} failed repeatedly and is ejected for {1}",
                candidate.instance().id(),
                period);
    }

    /** Calls {@code listener} with the current list, once it is known, and with each change. */
    void listen(Consumer<List<Instance>> listener) {
        synchronized (listeners) {
            listeners.add(listener);
            Snapshot current = snapshot;
            if (current != null) {
                tell(listener, current.instances());
            }
        }
    }

    void forget(Consumer<List<Instance>> listener) {
        listeners.remove(listener);
    }

    /** Number of instances in the list. */
    int known() {
        Snapshot current = snapshot;
        return current == null ? 0 : current.instances().size();
    }

    /** Number of instances to pick from; NaN until Consul has listed them. */
    double available() {
        Snapshot current = snapshot;
        return current == null ? Double.NaN : current.available();
    }

    /** Seconds since Consul last confirmed the list; NaN until there is one. */
    double ageSeconds() {
        Snapshot current = snapshot;
        return current == null ? Double.NaN : current.age().toNanos() / 1e9;
    }

    /** Queries that failed. */
    AtomicLong errors() {
        return errors;
    }

    @Override
    public void close() {
        loop.close();
    }

    private @Nullable Snapshot awaitSnapshot(Duration longest) {
        Snapshot current = snapshot;
        if (current != null) {
            return current;
        }
        loop.awaitFirstRound(longest);
        return snapshot;
    }

    private long ask(long index) throws InterruptedException {
        Answer<InstanceList> answer = health.instances(query, index, wait(config.queryWait()), known);
        known = answer.value();
        accept(known.instances());
        return answer.index();
    }

    /** The wait of the next query: no longer than the last list is held. */
    private Duration wait(Duration longest) {
        if (heldSince == 0) {
            return longest;
        }
        Duration left = config.collapseHold().minusNanos(System.nanoTime() - heldSince);
        return left.isNegative() ? Duration.ZERO : Collections.min(List.of(left, longest));
    }

    private void accept(List<Instance> instances) {
        Snapshot last = snapshot == null ? Snapshot.EMPTY : snapshot;
        if (isCollapse(last.instances().size(), instances.size()) && isHeld()) {
            trouble("Consul suddenly lists only " + instances.size() + " of "
                    + last.instances().size() + " instances");
            return;
        }
        heldSince = 0;
        unlistable = false;
        Snapshot next = last.next(instances, config.balancing());
        snapshot = next;
        if (trouble != null) {
            trouble = null;
            LOGGER.log(
                    System.Logger.Level.INFO,
                    "{0}: Consul confirms the list again, {1} instances",
                    service(),
                    instances.size());
        }
        if (!next.instances().equals(last.instances())) {
            LOGGER.log(System.Logger.Level.INFO, "{0}: {1} instances {2}", service(), instances.size(), ids(instances));
            synchronized (listeners) {
                listeners.forEach(listener -> tell(listener, instances));
            }
        }
    }

    private static boolean isCollapse(int before, int after) {
        return before > 0 && after * 2 < before;
    }

    private boolean isHeld() {
        long now = System.nanoTime();
        if (heldSince == 0) {
            heldSince = now | 1;
        }
        return now - heldSince < config.collapseHold().toNanos();
    }

    private void failed(Throwable e) {
        errors.incrementAndGet();
        unlistable = snapshot == null && e instanceof ConsulRefusedException refused && refused.isForGood();
        trouble(QueryLoop.reason(e));
    }

    private void trouble(String reason) {
        boolean news = trouble == null;
        trouble = reason;
        if (news) {
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "{0}: keeping the last known instances, retrying Consul: {1}",
                    service(),
                    reason);
        }
    }

    private void tell(Consumer<List<Instance>> listener, List<Instance> instances) {
        try {
            listener.accept(instances);
        } catch (Throwable e) {
            LOGGER.log(System.Logger.Level.WARNING, "A listener for " + service() + " failed", e);
        }
    }

    private static String ids(List<Instance> instances) {
        String some = instances.stream().limit(MOST_IDS).map(Instance::id).collect(Collectors.joining(", "));
        return instances.size() > MOST_IDS ? "[" + some + ", …]" : "[" + some + "]";
    }
}
