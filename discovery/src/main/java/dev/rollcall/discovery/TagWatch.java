package dev.rollcall.discovery;

import dev.rollcall.discovery.consul.ConsulTransport.Answer;
import dev.rollcall.discovery.consul.QueryLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Watches all instances with a tag, of every service and with any health: one loop for the service names and one
 * {@link ServiceWatch} per service. A service that leaves the catalog is watched until its own list is empty, so that a
 * wiped catalog doesn't empty the list at once. A service that Consul can't list, because of its name, is left out. So
 * are sidecar proxies: they inherit the tags of their instances.
 */
final class TagWatch implements AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger(TagWatch.class.getName());

    private static final String NO_SIDECARS = "Service.Kind != \"connect-proxy\""
            + " or Service.ID not matches \"-sidecar-proxy$\" or Service.Meta.metrics_proxy == \"true\"";

    private final CatalogApi catalog;
    private final HealthApi health;
    private final DiscoveryConfig config;
    private final String tag;
    private final QueryLoop loop;

    private volatile @Nullable Map<String, ServiceWatch> watches;
    private volatile @Nullable String trouble;
    private volatile long confirmedNanos = System.nanoTime();

    TagWatch(HealthApi health, DiscoveryConfig config, String tag) {
        this.catalog = new CatalogApi(config.agent());
        this.health = health;
        this.config = config;
        this.tag = tag;
        this.loop = new QueryLoop("consul-catalog-" + tag, this::ask, this::failed);
    }

    void start() {
        loop.start();
    }

    /**
     * All instances together, as fresh as the least fresh list. Waits for Consul's first answers up to the configured
     * time.
     */
    Lookup lookup() {
        loop.awaitFirstRound(config.firstLookupTimeout());
        String reason = trouble;
        if (watches == null) {
            return ServiceWatch.unavailable(reason, config.firstLookupTimeout());
        }
        List<Instance> instances = new ArrayList<>();
        Duration age = reason == null ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - confirmedNanos);
        boolean stale = reason != null;
        for (Lookup service : lookups().values()) {
            switch (service) {
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

    /**
     * Look-ups of each service that Consul can list; empty until Consul has listed the services. Waits as
     * {@link #lookup} does.
     */
    Map<String, Lookup> lookups() {
        long deadline = System.nanoTime() + config.firstLookupTimeout().toNanos();
        loop.awaitFirstRound(config.firstLookupTimeout());
        Map<String, ServiceWatch> current = watches;
        Map<String, Lookup> lookups = new HashMap<>();
        if (current != null) {
            current.forEach((service, watch) -> {
                Lookup found = watch.lookup(Duration.ofNanos(deadline - System.nanoTime()));
                if (!watch.isUnlistable()) {
                    lookups.put(service, tagged(found));
                }
            });
        }
        return lookups;
    }

    /** Consul ignores the case of tags, Prometheus doesn't. */
    private Lookup tagged(Lookup lookup) {
        return switch (lookup) {
            case Lookup.Fresh(List<Instance> instances) -> new Lookup.Fresh(tagged(instances));
            case Lookup.Stale(List<Instance> instances, Duration age) -> new Lookup.Stale(tagged(instances), age);
            case Lookup.Unavailable unavailable -> unavailable;
        };
    }

    private List<Instance> tagged(List<Instance> instances) {
        return instances.stream()
                .filter(instance -> instance.tags().contains(tag))
                .toList();
    }

    @Override
    public void close() {
        loop.close();
        Map<String, ServiceWatch> current = watches;
        if (current != null) {
            current.values().forEach(ServiceWatch::close);
        }
        catalog.close();
    }

    private long ask(long index) {
        Answer<Set<String>> answer = catalog.servicesWith(tag, index, config.queryWait());
        follow(answer.value());
        confirmedNanos = System.nanoTime();
        if (trouble != null) {
            trouble = null;
            LOGGER.log(System.Logger.Level.INFO, "Consul lists the services with tag {0} again", tag);
        }
        return answer.index();
    }

    private void follow(Set<String> services) {
        Map<String, ServiceWatch> before = watches == null ? Map.of() : watches;
        Map<String, ServiceWatch> now = new HashMap<>(before);
        now.entrySet()
                .removeIf(entry ->
                        !services.contains(entry.getKey()) && entry.getValue().known() == 0);
        for (String service : services) {
            now.computeIfAbsent(service, this::started);
        }
        watches = Map.copyOf(now);
        before.forEach((service, watch) -> {
            if (now.get(service) != watch) {
                watch.close();
            }
        });
        if (loop.isClosed()) {
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
                        .filter(NO_SIDECARS)
                        .build());
        watch.start();
        return watch;
    }

    private void failed(Throwable e) {
        String reason = QueryLoop.reason(e);
        if (trouble == null) {
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "Consul does not list the services with tag {0}, retrying: {1}",
                    tag,
                    reason);
        }
        trouble = reason;
    }
}
