package dev.rollcall.launcher.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.launcher.platform.Pause;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Customers who order once each: with or without a coupon, with or without a key, some with the same key at two
 * instances at once. Orders with a key are retried until there is a definite answer; the others are not.
 */
public final class Shoppers implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicInteger number = new AtomicInteger();
    private final Map<String, Set<String>> acknowledged = new ConcurrentHashMap<>();
    private final Set<String> turnedAway = new ConcurrentSkipListSet<>();
    private final Set<String> unexpected = new ConcurrentSkipListSet<>();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final Supplier<List<Integer>> ports;
    private final String coupon;
    private volatile boolean closed;

    private Shoppers(Supplier<List<Integer>> ports, String coupon) {
        this.ports = ports;
        this.coupon = coupon;
    }

    /** Starts this many concurrent customers at these ports. */
    public static Shoppers start(int many, Supplier<List<Integer>> ports, String coupon) {
        var customers = new Shoppers(ports, coupon);
        for (int i = 0; i < many; i++) {
            customers.threads.add(Thread.ofVirtual().name("customer-" + i).start(() -> {
                while (!customers.closed) {
                    customers.one();
                }
            }));
        }
        return customers;
    }

    public int acknowledged() {
        return acknowledged.size();
    }

    public String summary() {
        return "%d customers, %d acknowledged, %d turned away without a key, %d without an answer"
                .formatted(number.get(), acknowledged.size(), turnedAway.size(), unanswered.get());
    }

    private void one() {
        boolean keyed = ThreadLocalRandom.current().nextInt(3) > 0;
        boolean twice = keyed && ThreadLocalRandom.current().nextInt(4) == 0;
        boolean withCoupon = ThreadLocalRandom.current().nextInt(4) > 0;
        place(keyed, twice, withCoupon);
    }

    /** Completes one customer's order. */
    private void place(boolean keyed, boolean twice, boolean withCoupon) {
        String customer = (keyed ? "keyed-" : "once-") + number.incrementAndGet();
        if (!keyed) {
            attempt(customer, null, withCoupon);
            return;
        }
        long end = System.nanoTime() + Duration.ofMinutes(3).toNanos();
        Thread other = twice ? Thread.ofVirtual().start(() -> attempt(customer, customer, withCoupon)) : null;
        while (!attempt(customer, customer, withCoupon)) {
            if (System.nanoTime() > end) {
                unexpected.add(customer + ": no answer in 3 minutes");
                return;
            }
            Pause.of(Duration.ofMillis(50));
        }
        if (other != null) {
            join(other);
        }
    }

    /** Sends an order; true if the answer is definite. */
    private boolean attempt(String customer, @Nullable String key, boolean withCoupon) {
        List<Integer> known = ports.get();
        int port = known.get(ThreadLocalRandom.current().nextInt(known.size()));
        String couponField = withCoupon ? ", \"couponCode\": \"" + coupon + "\"" : "";
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/orders"))
                .header("Content-Type", "application/json")
                .timeout(TIMEOUT)
                .POST(BodyPublishers.ofString("""
                {"customerId": "%s", "currency": "EUR", "lines": [{"sku": "tea", "quantity": 3, "unitPrice": 333}]%s}""".formatted(customer, couponField)));
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        try {
            var response = client.send(request.build(), BodyHandlers.ofString());
            switch (response.statusCode()) {
                case 201 ->
                    acknowledged
                            .computeIfAbsent(customer, it -> new ConcurrentSkipListSet<>())
                            .add(UserPlatform.json(response.body()).get("id").asText());
                case 503 -> {
                    if (key == null) {
                        turnedAway.add(customer);
                    }
                    Pause.of(Duration.ofMillis(500));
                }
                case 409 -> {}
                default -> unexpected.add(customer + ": " + response.statusCode() + " " + response.body());
            }
            return response.statusCode() != 503 && response.statusCode() != 409;
        } catch (java.io.IOException e) {
            unanswered.incrementAndGet();
            Pause.of(Duration.ofMillis(100));
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Stops ordering and waits until the current orders are complete. */
    public void finish() {
        closed = true;
        threads.forEach(Shoppers::join);
    }

    @Override
    public void close() {
        finish();
    }

    /** Asserts that each acknowledged order exists exactly once and no refused order exists. */
    public void assertToldTheTruth(Callable<Connection> orderStore) throws Exception {
        Map<String, Set<String>> confirmed = new TreeMap<>();
        try (Connection connection = orderStore.call()) {
            read(connection, confirmed);
        }
        assertThat(unexpected).isEmpty();
        assertThat(acknowledged).allSatisfy((customer, ids) -> {
            assertThat(ids).as("orders that %s was told of", customer).hasSize(1);
            assertThat(confirmed.get(customer)).as("orders of %s", customer).isEqualTo(ids);
        });
        assertThat(confirmed)
                .allSatisfy((customer, ids) ->
                        assertThat(ids).as("orders of %s", customer).hasSize(1));
        assertThat(turnedAway)
                .allSatisfy(customer -> assertThat(confirmed).as("answered 503").doesNotContainKey(customer));
    }

    private static void read(Connection connection, Map<String, Set<String>> confirmed) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        select customer_id, id from orders
                         where status = 'CONFIRMED' and (customer_id like 'keyed-%' or customer_id like 'once-%')
                        """)) {
            while (row.next()) {
                confirmed
                        .computeIfAbsent(row.getString("customer_id"), it -> new TreeSet<>())
                        .add(row.getString("id"));
            }
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
