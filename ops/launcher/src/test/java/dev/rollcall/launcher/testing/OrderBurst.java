package dev.rollcall.launcher.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.launcher.platform.Pause;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Customers who order without pause, each order with a coupon and its own key. After no answer, 503 or 409, they retry
 * the same order until it is acknowledged.
 */
public final class OrderBurst implements AutoCloseable {
    /** With an attempt every 0.1 s, tolerates a minute without the platform. */
    private static final int MOST_ATTEMPTS = 600;

    private final UserPlatform platform;
    private final String customer = "burst-" + UUID.randomUUID();
    private final String coupon = customer.substring(0, 20).toUpperCase(Locale.ROOT);
    private final List<Thread> threads = new ArrayList<>();
    private final Map<String, String> orderOfKey = new ConcurrentHashMap<>();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicReference<@Nullable String> failure = new AtomicReference<>();
    private volatile boolean closed;

    private OrderBurst(UserPlatform platform) {
        this.platform = platform;
    }

    public static OrderBurst start(UserPlatform platform, int customers) {
        OrderBurst burst = new OrderBurst(platform);
        platform.createCoupon(burst.coupon, 10, 1_000_000);
        for (int i = 0; i < customers; i++) {
            burst.threads.add(Thread.ofVirtual().name("customer-" + i).start(burst::run));
        }
        return burst;
    }

    /** Orders answered with 201. */
    public int acknowledged() {
        return orderOfKey.size();
    }

    /** Failed attempts. */
    public int refused() {
        return refused.get();
    }

    /** Stops ordering and waits until the current orders are complete. */
    public void finish() {
        close();
        assertThat(failure.get()).isNull();
    }

    /** Acknowledged orders that are not confirmed in the store. */
    public List<String> lost() {
        Set<String> confirmed = confirmed().stream().collect(Collectors.toSet());
        return orderOfKey.values().stream()
                .filter(id -> !confirmed.contains(id))
                .toList();
    }

    /** Confirmed orders that were never acknowledged: duplicates of a key. */
    public List<String> doubled() {
        Set<String> acknowledged = Set.copyOf(orderOfKey.values());
        return confirmed().stream().filter(id -> !acknowledged.contains(id)).toList();
    }

    @Override
    public void close() {
        closed = true;
        threads.forEach(thread -> {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private List<String> confirmed() {
        return platform.orders(customer).stream()
                .filter(order -> order.get("status").asText().equals("CONFIRMED"))
                .map(order -> order.get("id").asText())
                .toList();
    }

    private void run() {
        while (!closed) {
            String key = UUID.randomUUID().toString();
            int attempts = 0;
            while (!orderOfKey.containsKey(key)) {
                attempt(key);
                attempts++;
                if (attempts > MOST_ATTEMPTS) {
                    failure.compareAndSet(null, "order " + key + " was not acknowledged in " + attempts + " attempts");
                    return;
                }
            }
        }
    }

    private void attempt(String key) {
        try {
            HttpResponse<String> response = platform.send(
                    platform.orderRequest(platform.service("order-service"), customer, 1_000, coupon, key));
            if (response.statusCode() == 201) {
                JsonNode order = UserPlatform.json(response.body());
                orderOfKey.put(key, order.get("id").asText());
                return;
            }
        } catch (RuntimeException e) {
            // no answer: only a retry shows whether the order was accepted
        }
        refused.incrementAndGet();
        Pause.of(Duration.ofMillis(100));
    }
}
