package dev.rollcall.discovery;

import io.helidon.config.Config;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webclient.api.ClientUri;
import io.helidon.webclient.spi.DnsResolver;
import io.helidon.webclient.spi.WebClientService;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Looks services up in Consul, from memory: the first look-up of a service starts to follow it, and from then on every
 * change in Consul is known within milliseconds. Thread-safe.
 */
public final class Discovery implements AutoCloseable {
    /** A request with this header may be delivered twice: its receiver takes it once. */
    static final HeaderName IDEMPOTENCY_KEY = HeaderNames.create("Idempotency-Key");

    private final DiscoveryConfig config;
    private final HealthApi health;
    private final Object lock = new Object();
    private final List<MeterRegistry> registries = new ArrayList<>();
    private volatile Map<String, ServiceCalls> services = Map.of();
    private volatile Map<ServiceQuery, ServiceWatch> queries = Map.of();
    private volatile Map<String, TagWatch> tags = Map.of();
    private boolean closed;

    private Discovery(DiscoveryConfig config) {
        this.config = config;
        this.health = HealthApi.create(config.agent(), config.queryWait());
    }

    /**
     * Look-ups of the given configuration.
     *
     * @throws IllegalArgumentException if a value is out of place; the message gives value and expectation
     */
    public static Discovery create(DiscoveryConfig config) {
        return new Discovery(config);
    }

    /** Look-ups whose configuration {@code consumer} fills in. */
    public static Discovery create(Consumer<DiscoveryConfig.Builder> consumer) {
        return create(DiscoveryConfig.builder().update(consumer).build());
    }

    /** Look-ups of the given configuration node. */
    public static Discovery create(Config config) {
        return create(DiscoveryConfig.create(config));
    }

    /**
     * What is known of a service's instances. Answers from memory; the first look-up of a service waits for Consul's first
     * answer, bounded by {@link DiscoveryConfig#firstLookupTimeout()}.
     *
     * @param service name of the service in Consul, looked up as {@link DiscoveryConfig#services()} says
     */
    public Lookup lookup(String service) {
        return calls(service).watch().lookup();
    }

    /**
     * What is known of the instances that {@code query} asks for; otherwise as {@link #lookup(String)}.
     */
    public Lookup lookup(ServiceQuery query) {
        return watch(query).lookup();
    }

    /**
     * Every instance of every service that has a tag, whatever its checks say; {@link Instance#health()} tells. Answers from
     * memory; the first look-up of a tag waits for Consul's first answers. Each service with the tag takes a connection.
     *
     * @param tag the tag, for example {@code metrics}
     * @return all instances together, fresh only if Consul stands behind each service's list
     */
    public Lookup registered(String tag) {
        return tagged(tag).lookup();
    }

    /**
     * The same, service by service: what is wrong with one of them takes nothing from the others.
     *
     * @param tag the tag, for example {@code metrics}
     * @return what is known of each service with the tag, by its name; empty as long as Consul never listed the services
     */
    public Map<String, Lookup> registeredServices(String tag) {
        return tagged(tag).lookups();
    }

    /**
     * The instance to call next, by {@link DiscoveryConfig#balancing()}; empty if none is known.
     *
     * @param service name of the service in Consul
     */
    public Optional<Instance> pick(String service) {
        return calls(service).watch().pick();
    }

    /**
     * Calls {@code listener} with a service's instances as soon as they are known, and again whenever they change, on the
     * thread that follows the service: it must not block.
     *
     * @param service name of the service in Consul
     * @return closing it ends the calls
     */
    public Subscription watch(String service, Consumer<List<Instance>> listener) {
        ServiceWatch watch = calls(service).watch();
        watch.listen(listener);
        return () -> watch.forget(listener);
    }

    /**
     * What makes a Helidon WebClient understand {@code http://<service>/…}. Each call goes to the next instance; when it
     * refuses the connection, the same call goes on to another. A call that was cut off after it was sent goes on to
     * another only if that does no harm: its method is idempotent, or it carries an {@code Idempotency-Key}.
     *
     * <p>An instance is called by TLS if its meta {@code secure} is {@code true}; {@code https://<service>/…} calls none
     * but those. Add {@link #dnsResolver()} then.
     *
     * @return a service to add to an {@code Http1Client} or to a {@code WebClient} that speaks {@code http/1.1}
     */
    public WebClientService clientService() {
        return new DiscoveryClientService(this);
    }

    /**
     * What makes a Helidon WebClient check a certificate for the very address that Consul lists, as a client that calls by
     * TLS should: by itself it asks reverse DNS what an IP address is called, and takes a certificate for that name.
     *
     * @return a resolver for the client's {@code dnsResolver}
     */
    public static DnsResolver dnsResolver() {
        return NamedAddresses.INSTANCE;
    }

    /**
     * A URI for a client with {@link #clientService()}, whatever the name of the service: {@code java.net.URI} finds no host
     * in {@code http://coupon_svc}, and Helidon then calls localhost.
     *
     * @param service name of a service in Consul, without a dot or a colon
     * @return {@code http://<service>}, to add a path to
     * @throws IllegalArgumentException if a client takes that name for a host's
     */
    public static ClientUri uri(String service) {
        if (!isServiceName(service) || service.isBlank() || service.equals("localhost")) {
            throw new IllegalArgumentException("service: '" + service
                    + "' (expected: a name without a dot or a colon, and not localhost; others stand for hosts)");
        }
        return ClientUri.create().scheme("http").host(service);
    }

    /**
     * A URI from a configuration, as {@link #uri(String)} if its host is the name of a service that is no host name.
     *
     * @throws IllegalArgumentException if it is no {@code http} or {@code https} URI with a host
     */
    public static ClientUri uri(URI uri) {
        if (!"http".equals(uri.getScheme()) && !"https".equals(uri.getScheme())) {
            throw new IllegalArgumentException(uri + " (expected: http://, or https://, and the name of a service)");
        }
        if (uri.getHost() != null) {
            return ClientUri.create(uri);
        }
        String name = uri.getAuthority();
        if (name == null || name.indexOf('@') >= 0 || name.indexOf(':') >= 0) {
            throw new IllegalArgumentException(uri + " (expected: the name of a service or of a host)");
        }
        return ClientUri.create(uri).host(uri(name).host());
    }

    static boolean isServiceName(String host) {
        return host.indexOf('.') < 0 && host.indexOf(':') < 0;
    }

    /** Registers the meters of every service that is called or looked up by its name, now or later. */
    public void bindTo(MeterRegistry registry) {
        synchronized (lock) {
            registries.add(registry);
            services.values().forEach(calls -> DiscoveryMeters.bind(calls, registry));
        }
    }

    /** Stops following; look-ups answer from what was last known. Called again, it does nothing. */
    @Override
    public void close() {
        synchronized (lock) {
            if (closed) {
                return;
            }
            closed = true;
            queries.values().forEach(ServiceWatch::close);
            tags.values().forEach(TagWatch::close);
            health.close();
        }
    }

    /** What is known of the services that are followed by their names. */
    public Map<String, Lookup> lookups() {
        Map<String, Lookup> lookups = new TreeMap<>();
        services.forEach((service, calls) -> lookups.put(service, calls.watch().lookup()));
        return lookups;
    }

    ServiceCalls calls(String service) {
        ServiceCalls known = services.get(service);
        return known == null ? addService(service) : known;
    }

    /** Why a service has no instance to call, in one line. */
    String whyNone(ServiceWatch watch) {
        return switch (watch.lookup()) {
            case Lookup.Fresh fresh -> "Consul at " + config.agent().url() + " lists none as passing";
            case Lookup.Stale stale ->
                "none was known " + stale.age().toSeconds() + " s ago, when Consul last answered";
            case Lookup.Unavailable unavailable -> unavailable.reason();
        };
    }

    private ServiceCalls addService(String service) {
        if (service.isBlank()) {
            throw new IllegalArgumentException(
                    "service: '" + service + "' (expected: the name of a service in Consul)");
        }
        ServiceQuery query = config.services().stream()
                .filter(it -> it.service().equals(service))
                .findFirst()
                .orElseGet(() -> ServiceQuery.builder().service(service).build());
        synchronized (lock) {
            ServiceCalls known = services.get(service);
            if (known != null) {
                return known;
            }
            ServiceCalls calls = new ServiceCalls(watch(query));
            registries.forEach(registry -> DiscoveryMeters.bind(calls, registry));
            services = with(services, service, calls);
            return calls;
        }
    }

    private TagWatch tagged(String tag) {
        TagWatch known = tags.get(tag);
        return known == null ? addTag(tag) : known;
    }

    private TagWatch addTag(String tag) {
        synchronized (lock) {
            TagWatch known = tags.get(tag);
            if (known != null) {
                return known;
            }
            TagWatch watch = new TagWatch(health, config, tag);
            tags = with(tags, tag, watch);
            if (closed) {
                watch.close();
            } else {
                watch.start();
            }
            return watch;
        }
    }

    private ServiceWatch watch(ServiceQuery query) {
        ServiceWatch known = queries.get(query);
        if (known != null) {
            return known;
        }
        synchronized (lock) {
            ServiceWatch meanwhile = queries.get(query);
            if (meanwhile != null) {
                return meanwhile;
            }
            ServiceWatch watch = new ServiceWatch(health, config, query);
            queries = with(queries, query, watch);
            if (closed) {
                watch.close();
            } else {
                watch.start();
            }
            return watch;
        }
    }

    private static <K, V> Map<K, V> with(Map<K, V> map, K key, V value) {
        Map<K, V> more = new HashMap<>(map);
        more.put(key, value);
        return Map.copyOf(more);
    }

    /** Calls to a listener, until it is closed. */
    @FunctionalInterface
    public interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
