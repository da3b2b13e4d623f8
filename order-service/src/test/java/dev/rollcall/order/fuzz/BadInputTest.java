package dev.rollcall.order.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rollcall.chassis.RunningService;
import dev.rollcall.coupon.testing.CouponServices;
import dev.rollcall.discovery.http.testing.Api;
import dev.rollcall.order.OrderServices;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random bad requests all get a proper answer. {@code -Drollcall.fuzz.requests=100000} sends more; {@code
 * -Drollcall.fuzz.seed=…} repeats a failed run.
 */
@Tag("full")
class BadInputTest {
    private static final int REQUESTS = Integer.getInteger("rollcall.fuzz.requests", 20_000);
    private static final long SEED = Long.getLong("rollcall.fuzz.seed", System.nanoTime());
    private static final int CLIENTS = 4;
    private static final int FAILURES = 5;
    private static final int SLOW_CLIENTS = 20;
    private static final Pattern LABEL = Pattern.compile("[a-z]+=\"[^\"]*\"");
    private static final long MEMORY_SLACK = 64L << 20;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern LEAK =
            Pattern.compile("Exception|\\bat [a-z]+\\.[a-z.]+\\(|java\\.|jdbc|org\\.h2|insert into|select \\*");

    @TempDir
    private static Path folder;

    private static OrderServices services;
    private static RunningService orders;
    private static RunningService coupons;

    @BeforeAll
    static void start() {
        services = new OrderServices(folder);
        services.store().start();
        coupons = services.startCoupons();
        orders = services.start(Map.of("refused-codes.per-customer", "1000", "refused-codes.per-address", "100000"));
        services.awaitReady(orders, coupons);
    }

    @AfterAll
    static void stop() {
        services.close();
    }

    @Test
    void answersEverythingSoundlyAndKeepsNothingOfIt() throws Exception {
        System.out.println("fuzz: " + REQUESTS + " requests, -Drollcall.fuzz.seed=" + SEED);
        var statuses = new ConcurrentSkipListMap<Integer, Integer>();
        try (var log = new LogWatch(CouponServices.ADMIN, CouponServices.SERVICE);
                var slow = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> endless = IntStream.range(0, SLOW_CLIENTS)
                    .mapToObj(i -> slow.submit(new Trickle(orders.port())))
                    .toList();

            // the first scrape is itself on record from the second on
            series();
            send(0, REQUESTS / 2, statuses);
            Set<String> series = series();
            long memory = memoryInUse();
            send(REQUESTS / 2, REQUESTS, statuses);

            System.out.println("fuzz: answers by status " + statuses);
            assertThat(statuses.keySet())
                    .as("the generator reaches every kind of answer")
                    .contains(200, 201, 204, 400, 401, 403, 404, 405, 413, 415, 422);
            assertThat(series()).containsExactlyInAnyOrderElementsOf(series);
            assertThat(memoryInUse()).isLessThan(memory + MEMORY_SLACK);
            assertThat(log.found()).isEmpty();
            for (Future<String> end : endless) {
                assertThat(end.get(60, TimeUnit.SECONDS)).isEqualTo("HTTP/1.1 408");
            }
        }
        assertThat(Api.on(orders.adminPort()).get("/observe/health/ready").status())
                .isEqualTo(200);
    }

    private static void send(int from, int to, Map<Integer, Integer> statuses) throws Exception {
        var next = new AtomicInteger(from);
        var failures = new ConcurrentLinkedQueue<AssertionError>();
        Callable<Void> client = () -> {
            try (var toOrders = new Wire(orders.port());
                    var toCoupons = new Wire(coupons.port())) {
                for (int i = next.getAndIncrement(); i < to && failures.size() < FAILURES; i = next.getAndIncrement()) {
                    Shot shot = Shots.of(SEED, i);
                    Wire wire = shot.toCoupons() ? toCoupons : toOrders;
                    try {
                        statuses.merge(check(i, shot, wire), 1, Integer::sum);
                    } catch (AssertionError e) {
                        failures.add(e);
                        wire.close();
                    }
                }
            }
            return null;
        };
        try (var clients = Executors.newFixedThreadPool(CLIENTS)) {
            for (Future<Void> done : clients.invokeAll(Collections.nCopies(CLIENTS, client))) {
                done.get();
            }
        }
        assertThat(failures).isEmpty();
    }

    private static int check(int number, Shot shot, Wire wire) {
        Optional<Wire.Answer> answer = Optional.empty();
        try {
            answer = wire.send(shot);
            answer.ifPresent(BadInputTest::assertSound);
            assertThat(answer.isPresent() || !shot.answered())
                    .as("there is an answer")
                    .isTrue();
            return answer.map(Wire.Answer::status).orElse(0);
        } catch (IOException | AssertionError | RuntimeException e) {
            throw new AssertionError(
                    "-Drollcall.fuzz.seed=" + SEED + ", request " + number + " to " + shot + "\nanswered " + answer
                            + "\n" + e,
                    e);
        }
    }

    private static void assertSound(Wire.Answer answer) {
        assertThat(answer.status())
                .satisfiesAnyOf(
                        status -> assertThat(status).isBetween(200, 499),
                        status -> assertThat(status).isEqualTo(503));
        assertThat(answer.body()).doesNotContainPattern(LEAK);
        assertThat(answer.headers().toString() + answer.body())
                .doesNotContain(CouponServices.ADMIN, CouponServices.SERVICE);
        if (answer.status() >= 400 && !answer.body().isEmpty()) {
            assertProblem(answer);
        }
        if (answer.status() == 503) {
            assertThat(answer.header("Retry-After")).isPresent();
        }
    }

    private static void assertProblem(Wire.Answer answer) {
        assertThat(answer.header("Content-Type")).contains("application/problem+json");
        try {
            JsonNode problem = JSON.readTree(answer.body());
            assertThat(problem.path("type").asText()).startsWith("urn:rollcall:problem:");
            assertThat(problem.path("status").asInt()).isEqualTo(answer.status());
            assertThat(problem.path("detail").asText()).isNotEmpty().isNotEqualTo("null");
        } catch (IOException e) {
            throw new AssertionError("no JSON", e);
        }
    }

    /**
     * The series of both services; those of HTTP by label values alone, as not every combination comes soon. Without the JVM's,
     * which come and go.
     */
    private static Set<String> series() {
        return Stream.of(orders.adminPort(), coupons.adminPort())
                .flatMap(port -> Api.on(port).get("/metrics").text().lines())
                .filter(line -> !line.startsWith("#") && !line.startsWith("jvm_"))
                .map(line -> line.substring(0, line.lastIndexOf(' ')))
                .flatMap(series -> series.startsWith("http_requests_total")
                        ? LABEL.matcher(series).results().map(MatchResult::group)
                        : Stream.of(series).filter(other -> !other.startsWith("http_")))
                .filter(series -> !series.startsWith("code="))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static long memoryInUse() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
