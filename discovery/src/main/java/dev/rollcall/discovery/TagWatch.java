package dev.rollcall.discovery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Follows every instance of every service that has a tag, whatever its checks say: one loop for the names of the services,
 * and one {@link ServiceWatch} for each of them as long as it is in the catalog.
 */
final class TagWatch implements AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger(TagWatch.class.getName());
    private static final Duration FIRST_DELAY = Duration.ofMillis(100);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(2);

    private final CatalogApi catalog;
    private final HealthApi health;
    private final DiscoveryConfig config;
    private final String tag;
    private final Thread thread;
    private final CountDownLatch firstRound = new CountDownLatch(1);

    private volatile @Nullable Map<String, ServiceWatch> watches;
    private volatile @Nullable String trouble;
    private volatile long confirmedNanos = System.nanoTime();
    private volatile boolean closed;

    // owned by the loop
    private long index;

    TagWatch(HealthApi health, DiscoveryConfig config, String tag) {
        this.catalog = CatalogApi.create(config.agent(), config.queryWait());
        this.health = health;
        this.config = config;
        this.tag = tag;
        this.thread = Thread.ofVirtual().name("consul-catalog-" + tag).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** All instances together: as fresh as the least fresh of them. Waits for Consul's first answers, for a bounded time. */
    Lookup lookup() {
        Map<String, ServiceWatch> current = awaitWatches();
        String reason = trouble;
        if (current == null) {
            return new Lookup.Unavailable(
                    reason == null
                            ? "Consul did not answer within "
                                    + config.firstLookupTimeout().toMillis() + " ms"
                            : reason);
        }
        List<Instance> instances = new ArrayList<>();
        Duration age = reason == null ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - confirmedNanos);
        boolean stale = reason != null;
        for (ServiceWatch watch : current.values()) {
            switch (watch.lookup()) {
                case Lookup.Fresh fresh -> instances.addAll(fresh.instances());
                case Lookup.Stale one -> {
                    stale = true;
                    age = age.compareTo(one.age()) < 0 ? one.age() : age;
                    instances.addAll(one.instances());
                }
                case Lookup.Unavailable unavailable -> {
                    return unavailable;
                }
            }
        }
        return stale ? new Lookup.Stale(instances, age) : new Lookup.Fresh(instances);
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        Map<String, ServiceWatch> current = watches;
        if (current != null) {
            current.values().forEach(ServiceWatch::close);
        }
        catalog.close();
    }

    private @Nullable Map<String, ServiceWatch> awaitWatches() {
        try {
            firstRound.await(config.firstLookupTimeout().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return watches;
    }

    private void run() {
        Backoff backoff = new Backoff(FIRST_DELAY, LONGEST_DELAY);
        Pace pace = new Pace(2, Duration.ofMillis(250));
        while (!closed) {
            try {
                pace.await();
                CatalogApi.Answer answer = catalog.servicesWith(tag, index, config.queryWait());
                // an index that went back means another history, 0 none at all: read in full again
                index = answer.index() < index ? 0 : answer.index();
                follow(answer.services());
                confirmedNanos = System.nanoTime();
                if (trouble != null) {
                    trouble = null;
                    LOGGER.log(System.Logger.Level.INFO, "the catalog can be read again");
                }
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

    private void follow(Set<String> services) {
        Map<String, ServiceWatch> before = watches == null ? Map.of() : watches;
        if (watches != null && before.keySet().equals(services)) {
            return;
        }
        Map<String, ServiceWatch> now = new HashMap<>();
        for (String service : services) {
            ServiceWatch known = before.get(service);
            now.put(service, known == null ? started(service) : known);
        }
        watches = Map.copyOf(now);
        before.forEach((service, watch) -> {
            if (!services.contains(service)) {
                watch.close();
            }
        });
        if (closed) {
            now.values().forEach(ServiceWatch::close);
        }
    }

    private ServiceWatch started(String service) {
        ServiceWatch watch = new ServiceWatch(
                health,
                config,
                ServiceQuery.builder()
                        .service(service)
                        .passingOnly(false)
                        .addTag(tag)
                        .build());
        watch.start();
        return watch;
    }

    private void failed(RuntimeException e) {
        if (closed) {
            return;
        }
        boolean expected = e instanceof ConsulUnavailableException || e instanceof ConsulRefusedException;
        String reason = expected ? String.valueOf(e.getMessage()) : e.toString();
        if (trouble == null) {
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "who has the tag {0} can''t be told, and Consul is asked on: {1}",
                    tag,
                    reason);
        }
        trouble = reason;
    }
}
