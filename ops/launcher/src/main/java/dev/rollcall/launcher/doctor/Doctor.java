package dev.rollcall.launcher.doctor;

import dev.rollcall.discovery.http.BoundedHttpClient;
import dev.rollcall.launcher.catalogue.Catalogue;
import dev.rollcall.launcher.catalogue.Usage;
import dev.rollcall.rollcall.HttpApi;
import dev.rollcall.rollcall.NoAnswer;
import dev.rollcall.rollcall.Part;
import dev.rollcall.rollcall.PrometheusReader;
import dev.rollcall.rollcall.ServiceEntry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Examines the platform, and follows every instance from Consul to the rules that read its metrics. */
public final class Doctor {

    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    /** The answer of a Prometheus with thousands of targets is this large. */
    private static final int MAX_BYTES = 128 * 1024 * 1024;

    /** Instances examined at a time, each by one connection. */
    private static final int AT_A_TIME = 256;

    private final HttpApi consul;
    private final HttpApi prometheus;
    private final Path token;
    private final Set<String> ours;
    private final Clock clock;
    private final Scraper scraper = new Scraper();
    private final List<Step<PlatformSnapshot>> platformSteps;
    private final List<Step<ExaminedInstance>> steps;

    /**
     * A doctor for one platform.
     *
     * @param consul its HTTP API
     * @param prometheus its HTTP API
     * @param token the file of the bearer token that Prometheus sends to instances that ask for one; may be missing
     * @param ours our services, which must have the catalogue's metrics of every service
     */
    public Doctor(
            URI consul, URI prometheus, Path token, Catalogue catalogue, Usage usage, Set<String> ours, Clock clock) {
        BoundedHttpClient client = new BoundedHttpClient(TIMEOUT, MAX_BYTES);
        this.consul = new HttpApi(client, consul);
        this.prometheus = new HttpApi(client, prometheus);
        this.token = token;
        this.ours = Set.copyOf(ours);
        this.clock = clock;
        this.platformSteps = PlatformSteps.of(usage);
        this.steps = Stream.of(RegistrationSteps.all(), EndpointSteps.all(), PrometheusSteps.of(catalogue, usage, ours))
                .flatMap(List::stream)
                .toList();
    }

    /**
     * Examines every part that should run and every registered instance. Changes nothing.
     *
     * @param expected the parts that should run
     * @throws InterruptedException if the calling thread is interrupted
     */
    public Diagnosis examine(List<Part> expected) throws InterruptedException {
        PlatformSnapshot platform = PlatformSnapshot.of(consul, prometheus, expected, clock);
        Set<InstanceKey> instances = new TreeSet<>();
        expected.stream()
                .filter(Part::isInstance)
                .forEach(part -> instances.add(new InstanceKey(part.service(), part.name())));
        platform.registry()
                .value()
                .ifPresent(registry -> registry.unlisted()
                        .keySet()
                        .forEach(service -> instances.add(new InstanceKey(service, service))));
        platform.entries().stream()
                .filter(ServiceEntry::asksForScrapes)
                .forEach(entry -> instances.add(InstanceKey.of(entry)));
        platform.targets().value().orElse(List.of()).stream()
                .filter(target -> !target.isDropped())
                .forEach(target -> instances.add(InstanceKey.of(target)));
        return new Diagnosis(
                Chart.of("platform", "", platformSteps, platform),
                charts(instances, platform),
                platform.entries().stream()
                        .filter(entry -> !instances.contains(InstanceKey.of(entry)))
                        .map(ServiceEntry::id)
                        .sorted()
                        .toList(),
                platform.at());
    }

    /** Examines many in parallel, because each may have to wait for answers. */
    private List<Chart> charts(Set<InstanceKey> instances, PlatformSnapshot platform) throws InterruptedException {
        Map<String, FutureTask<Answer<Map<String, StoredSeries>>>> series = new ConcurrentHashMap<>();
        List<Callable<Chart>> examinations = instances.stream()
                .<Callable<Chart>>map(key -> () -> Chart.of(
                        key.id(),
                        key.service(),
                        steps,
                        new ExaminedInstance(
                                key,
                                platform,
                                new FutureTask<>(() -> Answer.of(
                                        () -> scrape(platform.entry(key).orElseThrow(), platform))),
                                series.computeIfAbsent(
                                        key.service(),
                                        service -> new FutureTask<>(() -> Answer.of(() -> seriesOf(service)))))))
                .toList();
        try (ExecutorService executor =
                Executors.newFixedThreadPool(AT_A_TIME, Thread.ofVirtual().factory())) {
            List<Chart> charts = new ArrayList<>();
            for (Future<Chart> examined : executor.invokeAll(examinations)) {
                charts.add(examined.get());
            }
            return charts;
        } catch (ExecutionException e) {
            throw new IllegalStateException("an examination broke off", e);
        }
    }

    private Scraper.Response scrape(ServiceEntry entry, PlatformSnapshot platform) throws NoAnswer {
        return scraper.scrape(
                entry.scrapeUri(),
                entry.wantsToken() ? token() : Optional.empty(),
                platform.howItScrapes().timeout());
    }

    /** The series of a service's instances in Prometheus, by instance: one question for all of them. */
    private Map<String, StoredSeries> seriesOf(String service) throws NoAnswer {
        String selector = "({job=%s})".formatted(literal(service));
        PrometheusReader reader = new PrometheusReader(prometheus);
        return ours.contains(service)
                ? reader.query("count by (instance, __name__) " + selector).stream()
                        .collect(Collectors.groupingBy(
                                sample -> sample.label("instance"),
                                Collectors.collectingAndThen(
                                        Collectors.mapping(sample -> sample.label("__name__"), Collectors.toSet()),
                                        StoredSeries::new)))
                : reader.query("count by (instance) " + selector).stream()
                        .collect(Collectors.toMap(
                                sample -> sample.label("instance"),
                                sample -> new StoredSeries((int) sample.value(), Set.of())));
    }

    private static String literal(String value) {
        return "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }

    private Optional<String> token() {
        try {
            return Optional.of(Files.readString(token).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
