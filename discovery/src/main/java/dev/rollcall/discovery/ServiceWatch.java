package dev.rollcall.discovery;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Follows the healthy instances of one service: one loop, one blocking query at a time, one immutable snapshot. What
 * was last known stays, whatever happens to Consul.
 *
 * @see <a href="https://developer.hashicorp.com/consul/api-docs/features/blocking">Blocking queries</a>
 */
final class ServiceWatch implements AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger(ServiceWatch.class.getName());
    private static final Duration FIRST_DELAY = Duration.ofMillis(100);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(2);

    private final HealthApi health;
    private final String service;
    private final Thread thread;
    private final CountDownLatch firstRound = new CountDownLatch(1);
    private final AtomicInteger turn = new AtomicInteger();
    private final AtomicLong errors = new AtomicLong();
    private final AtomicLong failovers = new AtomicLong();

    private volatile @Nullable Snapshot snapshot;
    private volatile @Nullable String trouble;
    private volatile boolean closed;

    ServiceWatch(HealthApi health, String service) {
        this.health = health;
        this.service = service;
        this.thread = Thread.ofVirtual().name("consul-watch-" + service).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** What is known now; waits for Consul's first answer, {@code timeout} at most. */
    Lookup lookup(Duration timeout) {
        Snapshot current = awaitSnapshot(timeout);
        String reason = trouble;
        if (current == null) {
            return new Lookup.Unavailable(
                    reason == null ? "Consul did not answer within " + timeout.toMillis() + " ms" : reason);
        }
        return reason == null
                ? new Lookup.Fresh(current.instances())
                : new Lookup.Stale(current.instances(), current.age());
    }

    /** Instances to try for one call, each once, starting with the one whose turn it is. */
    Turn nextTurn(Duration timeout) {
        Snapshot current = awaitSnapshot(timeout);
        return new Turn(current == null ? List.of() : current.instances(), turn.getAndIncrement());
    }

    /** The instance whose turn it is. */
    Optional<Instance> pick(Duration timeout) {
        Snapshot current = awaitSnapshot(timeout);
        return current == null ? Optional.empty() : current.pick(turn.getAndIncrement());
    }

    /** Number of instances to pick from; NaN as long as that isn't known. */
    double size() {
        Snapshot current = snapshot;
        return current == null ? Double.NaN : current.instances().size();
    }

    /** Seconds since Consul last confirmed the list; NaN as long as there is none. */
    double ageSeconds() {
        Snapshot current = snapshot;
        return current == null ? Double.NaN : current.age().toNanos() / 1e9;
    }

    /** Queries that failed. */
    AtomicLong errors() {
        return errors;
    }

    /** Calls that moved on to another instance. */
    AtomicLong failovers() {
        return failovers;
    }

    String service() {
        return service;
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    private @Nullable Snapshot awaitSnapshot(Duration timeout) {
        Snapshot current = snapshot;
        if (current != null) {
            return current;
        }
        try {
            firstRound.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return snapshot;
    }

    private void run() {
        Backoff backoff = new Backoff(FIRST_DELAY, LONGEST_DELAY);
        Pace pace = new Pace(2, Duration.ofMillis(250));
        long index = 0;
        while (!closed) {
            try {
                pace.await();
                HealthApi.Answer answer = health.passing(service, index);
                // an index that went back means another history, 0 no history at all: read in full again
                index = answer.index() < index || answer.index() < 1 ? 0 : answer.index();
                accept(answer.instances());
                backoff.reset();
            } catch (InterruptedException e) {
                // only close() interrupts: the condition of the loop ends it
            } catch (RuntimeException e) {
                index = 0;
                failed(e);
                backoff.pause();
            } finally {
                firstRound.countDown();
            }
        }
    }

    private void accept(List<Instance> instances) {
        Snapshot last = snapshot;
        boolean same = last != null && last.instances().equals(instances);
        snapshot = new Snapshot(instances);
        if (trouble != null) {
            trouble = null;
            LOGGER.log(System.Logger.Level.INFO, "{0}: Consul answers again, {1} instances", service, instances.size());
        } else if (!same) {
            LOGGER.log(System.Logger.Level.INFO, "{0}: {1} instances {2}", service, instances.size(), ids(instances));
        }
    }

    private void failed(RuntimeException e) {
        if (closed) {
            return;
        }
        errors.incrementAndGet();
        String reason = e instanceof ConsulUnavailableException || e instanceof ConsulRefusedException
                ? String.valueOf(e.getMessage())
                : e.toString();
        boolean news = trouble == null;
        trouble = reason;
        if (news) {
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "{0}: the last known instances stay, Consul is tried on: {1}",
                    service,
                    reason);
        }
    }

    private static List<String> ids(List<Instance> instances) {
        return instances.stream().map(Instance::id).toList();
    }

    /** A list that Consul gave, and when it last did. */
    private record Snapshot(List<Instance> instances, List<Optional<Instance>> picks, long confirmedNanos) {
        Snapshot(List<Instance> instances) {
            this(instances, instances.stream().map(Optional::of).toList(), System.nanoTime());
        }

        Optional<Instance> pick(int turn) {
            // ready-made answers: picking allocates nothing
            return picks.isEmpty() ? Optional.empty() : picks.get(Integer.remainderUnsigned(turn, picks.size()));
        }

        Duration age() {
            return Duration.ofNanos(System.nanoTime() - confirmedNanos);
        }
    }

    /** The instances of one moment in the order in which one call tries them. */
    record Turn(List<Instance> instances, int first) {
        int size() {
            return instances.size();
        }

        Instance get(int attempt) {
            return instances.get(Integer.remainderUnsigned(first + attempt, instances.size()));
        }
    }
}
