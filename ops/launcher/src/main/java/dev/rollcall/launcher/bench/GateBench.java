package dev.rollcall.launcher.bench;

import dev.rollcall.discovery.http.BoundedHttpClient;
import dev.rollcall.launcher.engine.LocalEngine;
import dev.rollcall.launcher.parts.ConsulServer;
import dev.rollcall.launcher.parts.LocalPart;
import dev.rollcall.launcher.parts.LocalParts;
import dev.rollcall.launcher.parts.Store;
import dev.rollcall.launcher.platform.CommandFailure;
import dev.rollcall.launcher.platform.Pause;
import dev.rollcall.launcher.platform.Port;
import dev.rollcall.launcher.platform.Ports;
import dev.rollcall.launcher.platform.Service;
import dev.rollcall.launcher.platform.Terminal;
import dev.rollcall.launcher.platform.Tokens;
import dev.rollcall.launcher.platform.Workspace;
import dev.rollcall.launcher.process.PartProcess;
import dev.rollcall.launcher.process.PlatformState;
import dev.rollcall.launcher.process.PortPlan;
import dev.rollcall.launcher.traffic.Coupons;
import dev.rollcall.rollcall.CheckState;
import dev.rollcall.rollcall.ConsulReader;
import dev.rollcall.rollcall.HttpApi;
import io.helidon.webclient.http1.Http1Client;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Counts what requests, starts and registrations cost a service, on a separate platform without other clients. Closing it
 * removes the platform.
 */
public final class GateBench implements AutoCloseable {

    /** The number of requests, after as many that warm up. */
    private static final int REQUESTS = 200;

    /** A scrape takes longer than a request, and allocates so much that a few are exact. */
    private static final int SCRAPES = 20;

    private static final int ROUNDS = 3;
    private static final Duration OFTEN = Duration.ofMillis(20);
    private static final Pattern CLASSES = Pattern.compile("\njvm_classes_loaded_classes (\\S+)");

    private final Workspace workspace;
    private final Terminal terminal;
    private final LocalEngine engine;
    private final Ports ports = PortPlan.anyFree();
    private final BoundedHttpClient client = new BoundedHttpClient(Duration.ofSeconds(10), 1024 * 1024);
    private final ConsulReader consul = new ConsulReader(new HttpApi(client, ports.uri(Port.CONSUL)));
    private final Map<Service, CountedService> services = new EnumMap<>(Service.class);
    private final Map<String, Double> figures = new LinkedHashMap<>();
    private long customers;

    public GateBench(Workspace workspace, Terminal terminal) {
        this.workspace = workspace.withState(workspace.createFolder("bench"));
        this.terminal = terminal;
        this.engine = new LocalEngine(this.workspace, terminal);
    }

    /** Runs the benchmark and returns its figures by name. */
    public Map<String, Double> measure() {
        say("start of the platform");
        engine.chooseStore(Store.Kind.POSTGRESQL);
        engine.start(ports, parts(), names -> services.keySet().forEach(this::scrapeUri));
        for (Service service : services.keySet()) {
            figures.put(service.serviceName() + ": classes at start", classes(service));
        }
        for (Service service : Service.stored()) {
            PartProcess process =
                    engine.running().instances(service.serviceName()).getFirst();
            counted(service).attach(process.process().pid());
        }
        requests();
        rounds(Service.COUPON);
        return figures;
    }

    @Override
    public void close() {
        client.close();
        engine.down();
        services.values().forEach(CountedService::close);
        workspace.delete("");
    }

    /** Without what would send requests of its own, like Prometheus. */
    private List<LocalPart> parts() {
        List<LocalPart> parts = new ArrayList<>();
        for (LocalPart part : new LocalParts(workspace, PlatformState.NONE.stoppedOn(ports), Optional.empty()).all()) {
            switch (part.program().name()) {
                case ConsulServer.NAME -> parts.add(part);
                case Store.NAME ->
                    parts.add(new ChangedPart(
                            part,
                            command -> Stream.of(command, CountedService.LOG_STATEMENTS)
                                    .flatMap(List::stream)
                                    .toList()));
                default -> {}
            }
        }
        for (Service service : Service.values()) {
            CountedService counted = new CountedService(workspace, service, ports);
            services.put(service, counted);
            parts.add(counted.part());
        }
        return parts;
    }

    private void requests() {
        new Coupons(
                        Http1Client.builder().baseUri(ports.uri(Port.COUPON)).build(),
                        new Tokens(workspace).read(Tokens.ADMIN))
                .create();
        URI orders = ports.uri(Port.ORDER).resolve("/orders");
        count("order", REQUESTS, 201, () -> order(orders, OrdersBench.PLAIN), Service.ORDER);
        count(
                "order with a coupon",
                REQUESTS,
                201,
                () -> order(orders, OrdersBench.WITH_COUPON),
                Service.ORDER,
                Service.COUPON);
        URI order = orders.resolve(send(order(orders, OrdersBench.PLAIN), 201)
                .headers()
                .firstValue("Location")
                .orElseThrow());
        count(
                "look-up of an order",
                REQUESTS,
                200,
                () -> HttpRequest.newBuilder(order).build(),
                Service.ORDER);
        for (Service service : Service.stored()) {
            URI metrics = scrapeUri(service);
            HttpRequest scrape = HttpRequest.newBuilder(metrics).build();
            HttpRequest check = HttpRequest.newBuilder(metrics.resolve("/observe/health/ready"))
                    .build();
            count("scrape", SCRAPES, 200, () -> scrape, service);
            count("health check", REQUESTS, 200, () -> check, service);
        }
    }

    /** An order of a new customer. */
    private HttpRequest order(URI orders, String body) {
        customers++;
        return HttpRequest.newBuilder(orders)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.replace("CUSTOMER", "bench-" + customers)))
                .build();
    }

    /** Counts what some services use for a request, on average. */
    private void count(String what, int requests, int status, Supplier<HttpRequest> next, Service... counted) {
        say(what);
        send(requests, next, status);
        Map<String, Long> before = used(counted);
        send(requests, next, status);
        used(counted)
                .forEach((unit, end) -> figures.put(
                        unit + " per " + what, rounded((end - before.getOrDefault(unit, 0L)) / (double) requests)));
    }

    private Map<String, Long> used(Service... counted) {
        Map<String, Long> used = new LinkedHashMap<>();
        for (Service service : counted) {
            counted(service).used().forEach((unit, count) -> used.put(service.serviceName() + ": " + unit, count));
        }
        return used;
    }

    /** Counts what a service and Consul send each other in a round of the reconciler, which begins with a wait. */
    private void rounds(Service service) {
        say("registration");
        CountingRelay relay = counted(service).consul();
        long begun = rounds(relay);
        awaitRound(relay, begun + 1);
        int calls = relay.calls().size();
        long bytes = relay.bytes();
        awaitRound(relay, begun + 1 + ROUNDS);
        String name = service.serviceName();
        figures.put(
                name + ": calls per round of registration",
                rounded((relay.calls().size() - calls) / (double) ROUNDS));
        figures.put(
                name + ": bytes sent per round of registration", rounded((relay.bytes() - bytes) / (double) ROUNDS));
    }

    private static void awaitRound(CountingRelay relay, long round) {
        StartBench.when(OFTEN, () -> rounds(relay) >= round ? Optional.of(true) : Optional.empty());
    }

    private static long rounds(CountingRelay relay) {
        return relay.calls().stream().filter(call -> call.contains("wait=")).count();
    }

    /** The classes that a service has loaded, by its own metrics. */
    private double classes(Service service) {
        String metrics =
                send(HttpRequest.newBuilder(scrapeUri(service)).build(), 200).text();
        Matcher classes = CLASSES.matcher(metrics);
        if (!classes.find()) {
            throw new CommandFailure(service.serviceName() + " has no metric jvm_classes_loaded_classes");
        }
        return Double.parseDouble(classes.group(1));
    }

    /** Where a service is scraped. Waits until it passes its check. */
    private URI scrapeUri(Service service) {
        return StartBench.when(
                OFTEN,
                () -> consul.entries(service.serviceName()).stream()
                        .filter(entry -> entry.state() == CheckState.PASSING)
                        .findFirst()
                        .map(entry -> entry.scrapeUri()));
    }

    private void send(int count, Supplier<HttpRequest> next, int status) {
        for (int i = 0; i < count; i++) {
            send(next.get(), status);
        }
    }

    private BoundedHttpClient.Answer send(HttpRequest request, int status) {
        try {
            BoundedHttpClient.Answer answer = client.send(request);
            if (answer.status() != status) {
                throw new CommandFailure("%s answers %d (expected: %d): %s"
                        .formatted(request.uri(), answer.status(), status, answer.text()));
            }
            return answer;
        } catch (IOException e) {
            throw new CommandFailure(request.uri() + " failed: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            throw new Pause.Interrupted(e);
        }
    }

    private CountedService counted(Service service) {
        return Optional.ofNullable(services.get(service)).orElseThrow();
    }

    /** To one decimal: what else happens meanwhile, like a health check, is not the request's. */
    private static double rounded(double value) {
        return value < 100 ? Math.round(value * 10) / 10.0 : Math.round(value);
    }

    private void say(String what) {
        terminal.say("bench: " + what);
    }
}
