package dev.rollcall.launcher.doctor;

import dev.rollcall.launcher.catalogue.Catalogue;
import dev.rollcall.launcher.catalogue.Usage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Examines every instance from Consul to the rules that read it, and what they all stand on. */
public final class Doctor {

    private final Consul consul;
    private final Prometheus prometheus;
    private final Path token;
    private final Clock clock;
    private final Http http = new Http();
    private final List<Step<Surroundings>> platformSteps;
    private final List<Step<Patient>> steps;

    /**
     * A doctor for one platform.
     *
     * @param consul its HTTP API
     * @param prometheus its HTTP API
     * @param token the file of the token that Prometheus sends to those who ask for it; it need not be there
     * @param ours the services that have what the catalogue promises of every service
     */
    public Doctor(
            URI consul, URI prometheus, Path token, Catalogue catalogue, Usage usage, Set<String> ours, Clock clock) {
        this.consul = new Consul(http, consul);
        this.prometheus = new Prometheus(http, prometheus);
        this.token = token;
        this.clock = clock;
        this.platformSteps = List.of(
                new ConsulAnswers(),
                new ConsulLeads(),
                new PrometheusAnswers(),
                new PrometheusAsksConsul(),
                new RulesAreLoaded(usage),
                new PartsRun());
        this.steps = List.of(
                new ProcessRuns(),
                new IsRegistered(),
                new AsksForScrapes(),
                new CheckPasses(),
                new PortIsOpen(),
                new AnswersScrapes(),
                new ExpositionIsReadable(),
                new IsTarget(),
                new IsScraped(),
                new SeriesAreStored(catalogue, ours),
                new ReadersFindLabels(usage));
    }

    /**
     * Examines everything that should run and everything that is registered; changes nothing.
     *
     * @param expected the processes that should run
     * @throws InterruptedException if the calling thread is told to stop meanwhile
     */
    public Diagnosis examine(List<Expected> expected) throws InterruptedException {
        Surroundings surroundings = Surroundings.of(consul, prometheus, expected, clock);
        Set<Subject> subjects = new TreeSet<>();
        expected.stream()
                .filter(Expected::isInstance)
                .forEach(process -> subjects.add(new Subject(process.service(), process.name())));
        surroundings
                .registry()
                .value()
                .ifPresent(registry ->
                        registry.unreadable().keySet().forEach(service -> subjects.add(new Subject(service, service))));
        surroundings.entries().stream()
                .filter(Entry::asksForScrapes)
                .forEach(entry -> subjects.add(new Subject(entry.service(), entry.id())));
        surroundings.targets().value().orElse(List.of()).stream()
                .filter(target -> !target.isDropped())
                .forEach(target -> subjects.add(new Subject(target.service(), target.id())));
        return new Diagnosis(
                Chart.of("platform", "", platformSteps, surroundings),
                charts(subjects, surroundings),
                surroundings.entries().stream()
                        .filter(entry -> subjects.stream().noneMatch(subject -> subject.is(entry)))
                        .map(Entry::id)
                        .sorted()
                        .toList(),
                surroundings.at());
    }

    /** All at once: each may have to be waited for. */
    private List<Chart> charts(Set<Subject> subjects, Surroundings surroundings) throws InterruptedException {
        List<Callable<Chart>> examinations = subjects.stream()
                .<Callable<Chart>>map(subject ->
                        () -> Chart.of(subject.id(), subject.service(), steps, patient(subject, surroundings)))
                .toList();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Chart> charts = new ArrayList<>();
            for (Future<Chart> examined : executor.invokeAll(examinations)) {
                charts.add(examined.get());
            }
            return charts;
        } catch (ExecutionException e) {
            throw new IllegalStateException("an examination broke off", e);
        }
    }

    private Patient patient(Subject subject, Surroundings surroundings) {
        return new Patient(
                subject,
                surroundings,
                () -> Asked.of(() -> scrape(surroundings.entry(subject).orElseThrow(), surroundings)),
                () -> Asked.of(() -> prometheus.seriesOf(subject)));
    }

    private Http.Answer scrape(Entry entry, Surroundings surroundings) throws NoAnswer {
        return http.scrape(
                entry.scrapeUri(),
                entry.wantsToken() ? token() : Optional.empty(),
                surroundings.howItScrapes().timeout());
    }

    private Optional<String> token() {
        try {
            return Optional.of(Files.readString(token).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
