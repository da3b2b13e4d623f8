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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Looks up services in Consul. The first look-up of a service starts a watch, which learns of changes within
 * milliseconds; further look-ups answer from memory. Thread-safe.
 */
public final class Discovery implements AutoCloseable {
    /** A request with this header may be sent twice: the receiver processes it once. */
    static final HeaderName IDEMPOTENCY_KEY = HeaderNames.create("Idempotency-Key");

    private final DiscoveryConfig config;
    private final HealthApi health;
    private final Object lock = new Object();
    private final List<MeterRegistry> registries = new ArrayList<>();
    private final Map<String, ServiceCalls> services = new ConcurrentHashMap<>();
    private final Map<ServiceQuery, ServiceWatch> queries = new ConcurrentHashMap<>();
    private final Map<String, TagWatch> tags = new ConcurrentHashMap<>();
    private boolean closed;

    private Discovery(DiscoveryConfig config) {
        this.config = config;
        this.health = new HealthApi(config.agent());
    }

    /**
     * Look-ups with the given configuration.
     *
     * @throws IllegalArgumentException if a value is invalid; the message gives value and expectation
     */
    public static Discovery create(DiscoveryConfig config) {
        return new Discovery(config);
    }

    /** Look-ups whose configuration {@code consumer} fills in. */
    public static Discovery create(Consumer<DiscoveryConfig.Builder> consumer) {
        return create(DiscoveryConfig.builder().update(consumer).build());
    }

    /** Look-ups with the given configuration node. */
    public static Discovery create(Config config) {
        return create(DiscoveryConfig.create(config));
    }

    /**
     * The known instances of a service. The first look-up waits for Consul's first answer, up to
     * {@link DiscoveryConfig#firstLookupTimeout()}; later ones answer from memory.
     *
     * @param service name of the service in Consul, queried as {@link DiscoveryConfig#services()} says
     */
    public Lookup lookup(String service) {
        return calls(service).watch().lookup();
    }

    /** The known instances that match {@code query}; otherwise as {@link #lookup(String)}. */
    public Lookup lookup(ServiceQuery query) {
        return watch(query).lookup();
    }

    /**
     * All instances with a tag, of every service and with any {@link Instance#health()}. Answers from memory; the first
     * look-up of a tag waits for Consul's first answers. Each service with the tag takes a connection.
     *
     * @param tag the tag, for example {@code metrics}
     * @return all instances together, fresh only if each service's list is
     */
    public Lookup registered(String tag) {
        return tagged(tag).lookup();
    }

    /**
     * As {@link #registered}, but by service, so that one failing service doesn't affect the others.
     *
     * @param tag the tag, for example {@code metrics}
     * @return look-ups by service name; empty until Consul has listed the services
     */
    public Map<String, Lookup> registeredServices(String tag) {
        return tagged(tag).lookups();
    }

    /**
     * The next instance to call, chosen by {@link DiscoveryConfig#balancing()}; empty if none is known.
     *
     * @param service name of the service in Consul
     */
    public Optional<Instance> pick(String service) {
        return calls(service).watch().pick();
    }

    /**
     * Calls {@code listener} with a service's instances once they are known and on every change. It runs on the thread
     * that watches the service and must not block.
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
     * Lets a Helidon WebClient call {@code http://<service>/…}. Each call goes to the next instance. If that refuses
     * the connection, the call moves on to another. A call that breaks after it was sent moves on only if its method is
     * idempotent or it carries an {@code Idempotency-Key}.
     *
     * <p>An instance with meta {@code secure=true} is called over TLS; {@code https://<service>/…} calls only those.
     * Add {@link #dnsResolver()} for TLS.
     *
     * @return a service to add to an {@code Http1Client} or to a {@code WebClient} that speaks {@code http/1.1}
     */
    public WebClientService clientService() {
        return new DiscoveryClientService(this);
    }

    /**
     * Lets a Helidon WebClient verify a certificate against the address that Consul lists. By default the client
     * accepts a certificate for the name that reverse DNS gives an IP address.
     *
     * @return a resolver for the client's {@code dnsResolver}
     */
    public static DnsResolver dnsResolver() {
        return ForwardDnsResolver.INSTANCE;
    }

    /**
     * A URI for a client with {@link #clientService()}, for any service name: {@code java.net.URI} finds no host in
     * {@code http://coupon_svc}, and Helidon then calls localhost.
     *
     * @param service name of a service in Consul, without dot or colon
     * @return {@code http://<service>}, to add a path to
     * @throws IllegalArgumentException if a client takes the name for a host name
     */
    public static ClientUri uri(String service) {
        if (!isServiceName(service) || service.isBlank() || service.equals("localhost")) {
            throw new IllegalArgumentException("service: '" + service
                    + "' (expected: the name of a service without dot or colon, other than localhost)");
        }
        return ClientUri.create().scheme("http").host(service);
    }

    /**
     * A URI from a configuration; its host may be a service name that is no valid host name, as in
     * {@link #uri(String)}.
     *
     * @throws IllegalArgumentException if it isn't an {@code http} or {@code https} URI with a host
     */
    public static ClientUri uri(URI uri) {
        if (!"http".equals(uri.getScheme()) && !"https".equals(uri.getScheme())) {
            throw new IllegalArgumentException(uri + " (expected: http:// or https:// and the name of a service)");
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

    /** Registers the meters of every service that is looked up by name, now or later. */
    public void bindTo(MeterRegistry registry) {
        synchronized (lock) {
            registries.add(registry);
            services.values().forEach(calls -> DiscoveryMeters.bind(calls, registry));
        }
    }

    /** Ends all watches; look-ups then answer from the last known lists. Idempotent. */
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

    /** The look-ups of all services that are watched by name. */
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
            case Lookup.Stale stale -> "Consul last answered " + stale.age().toSeconds() + " s ago and listed none";
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
        return getOrAdd(services, service, () -> {
            ServiceCalls calls = new ServiceCalls(watch(query));
            registries.forEach(registry -> DiscoveryMeters.bind(calls, registry));
            return calls;
        });
    }

    private TagWatch tagged(String tag) {
        return getOrAdd(tags, tag, () -> {
            TagWatch watch = new TagWatch(health, config, tag);
            if (closed) {
                watch.close();
            } else {
                watch.start();
            }
            return watch;
        });
    }

    private ServiceWatch watch(ServiceQuery query) {
        return getOrAdd(queries, query, () -> {
            ServiceWatch watch = new ServiceWatch(health, config, query);
            if (closed) {
                watch.close();
            } else {
                watch.start();
            }
            return watch;
        });
    }

    private <K, V> V getOrAdd(Map<K, V> map, K key, Supplier<V> create) {
        V known = map.get(key);
        if (known != null) {
            return known;
        }
        synchronized (lock) {
            return map.computeIfAbsent(key, missing -> create.get());
        }
    }

    /** A listener's subscription; closing it ends the calls. */
    @FunctionalInterface
    public interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
