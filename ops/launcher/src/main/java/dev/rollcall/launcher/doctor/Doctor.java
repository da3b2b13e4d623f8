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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Examines the platform, and follows every instance from Consul to the rules that read its metrics. */
public final class Doctor {

    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    /** The answer of a Prometheus with thousands of targets is this large. */
    private static final int MAX_BYTES = 128 * 1024 * 1024;

    /** Instances examined at a time, each by one connection. */
    private static final int AT_A_TIME = 256;

    /** Instances of the same release that are scraped, whatever Prometheus says of them. */
    private static final int SCRAPED_OF_A_RELEASE = 3;

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
        Map<String, Once<Map<String, StoredSeries>>> series = new HashMap<>();
        Map<Release, List<Once<Scraper.Response>>> scrapes = new HashMap<>();
        List<Callable<Chart>> examinations = new ArrayList<>();
        for (InstanceKey key : instances) {
            ExaminedInstance examined = new ExaminedInstance(
                    key,
                    platform,
                    scraping(key, platform, scrapes),
                    series.computeIfAbsent(
                            key.service(), service -> new Once<>(() -> Answer.of(() -> seriesOf(service)))));
            examinations.add(() -> Chart.of(key.id(), key.service(), steps, examined));
        }
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

    /** What runs the same code. */
    private record Release(String service, String version) {}

    /**
     * Scrapes an instance. Of many of a release, only the first ones: what Prometheus has just scraped successfully must
     * answer as these do.
     *
     * @param scrapes the first ones of each release
     */
    private Once<Scraper.Response> scraping(
            InstanceKey key, PlatformSnapshot platform, Map<Release, List<Once<Scraper.Response>>> scrapes) {
        Once<Scraper.Response> own =
                new Once<>(() -> Answer.of(() -> scrape(platform.entry(key).orElseThrow(), platform)));
        boolean scraped = platform.target(key)
                .filter(target -> target.health().equals("up") && !platform.isLate(target))
                .isPresent();
        if (!scraped) {
            return own;
        }
        String version = platform.entry(key)
                .map(entry -> entry.meta().getOrDefault("version", ""))
                .orElse("");
        List<Once<Scraper.Response>> first =
                scrapes.computeIfAbsent(new Release(key.service(), version), release -> new ArrayList<>());
        if (first.size() < SCRAPED_OF_A_RELEASE) {
            first.add(own);
            return own;
        }
        Once<Scraper.Response> like = first.getFirst();
        return new Once<>(() ->
                like.answer().value().flatMap(Scraper.Response::readable).isPresent() ? like.answer() : own.answer());
    }

    private Scraper.Response scrape(ServiceEntry entry, PlatformSnapshot platform) throws NoAnswer {
        return scraper.scrape(
                entry.scrapeUri(),
                entry.wantsToken() ? token() : Optional.empty(),
                platform.howItScrapes().timeout());
    }

    /** The series of a service's instances in Prometheus, by instance: one question for all of them. */
    private Map<String, StoredSeries> seriesOf(String service) throws NoAnswer {
        String selector = "{job=%s}".formatted(literal(service));
        PrometheusReader reader = new PrometheusReader(prometheus);
        return ours.contains(service)
                ? reader.query("count by (instance, __name__) (%s)".formatted(selector)).stream()
                        .collect(Collectors.groupingBy(
                                sample -> sample.label("instance"),
                                Collectors.collectingAndThen(
                                        Collectors.mapping(sample -> sample.label("__name__"), Collectors.toSet()),
                                        StoredSeries::new)))
                // it knows how many it stored; to count the series of a thousand instances takes seconds
                : reader
                        .query("sum by (instance) (scrape_samples_post_metric_relabeling%s)".formatted(selector))
                        .stream()
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
