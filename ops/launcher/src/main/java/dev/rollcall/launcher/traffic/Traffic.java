package dev.rollcall.launcher.traffic;

import dev.rollcall.launcher.platform.Pause;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webclient.api.ClientResponseTyped;
import io.helidon.webclient.http1.Http1Client;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Sends orders at a steady rate. Retries an order with the same {@code Idempotency-Key} after no answer or a temporary
 * error, so that it stays one order.
 */
public final class Traffic {

    private static final HeaderName IDEMPOTENCY_KEY = HeaderNames.create("Idempotency-Key");
    private static final Duration TIMEOUT = Duration.ofSeconds(45);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int IN_FLIGHT = 256;

    private final Http1Client orderService;
    private final OrderMix mix;
    private final Consumer<String> complaints;
    private final Tally tally = new Tally();
    private volatile boolean interrupted;

    /** @param complaints receives a line for each failed order */
    public Traffic(Http1Client orderService, OrderMix mix, Consumer<String> complaints) {
        this.orderService = orderService;
        this.mix = mix;
        this.complaints = complaints;
    }

    public Tally tally() {
        return tally;
    }

    /**
     * Sends orders for this time, then waits for outstanding answers. After an interrupt, no order is retried.
     *
     * @param tick called between orders
     */
    public void run(double perSecond, Duration time, Runnable tick) {
        try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            Semaphore free = new Semaphore(IN_FLIGHT);
            long period = (long) (1e9 / perSecond);
            long end = System.nanoTime() + time.toNanos();
            for (long next = System.nanoTime(); next < end; next += period) {
                pause(Duration.ofNanos(Math.max(0, next - System.nanoTime())));
                free.acquireUninterruptibly();
                OrderMix.Order order = mix.next();
                senders.execute(() -> {
                    try {
                        place(order);
                    } finally {
                        free.release();
                    }
                });
                tick.run();
            }
        }
    }

    private void pause(Duration time) {
        try {
            Pause.of(time);
        } catch (Pause.Interrupted e) {
            interrupted = true;
            throw e;
        }
    }

    private void place(OrderMix.Order order) {
        String key = UUID.randomUUID().toString();
        long end = System.nanoTime() + TIMEOUT.toNanos();
        Answer answer = send(order, key);
        while (answer.isTemporary() && !interrupted && System.nanoTime() < end) {
            Pause.of(PAUSE);
            if (tally.sentAgain(answer.status())) {
                complaints.accept("retrying an order (further retries are only counted): " + answer.text());
            }
            answer = send(order, key);
        }
        if (answer.status() != 0) {
            tally.answered(answer.status());
        }
        if (!order.kind().allows(answer.status()) && !(interrupted && answer.isTemporary())) {
            tally.failed();
            complaints.accept("order (%s): %s".formatted(order.kind().name().toLowerCase(Locale.ROOT), answer.text()));
        }
    }

    private Answer send(OrderMix.Order order, String key) {
        try {
            ClientResponseTyped<String> response = orderService
                    .post("/orders")
                    .header(IDEMPOTENCY_KEY, key)
                    .header(HeaderNames.CONTENT_TYPE, "application/json")
                    .submit(order.body(), String.class);
            int status = response.status().code();
            return new Answer(status, status + " " + response.entity().strip());
        } catch (RuntimeException e) {
            // any failure of the client means that no answer came
            return new Answer(0, e.toString());
        }
    }

    /** An answer; status 0 if none came. */
    private record Answer(int status, String text) {
        /** No answer, an earlier attempt in flight (409), or a dependency that is unavailable (503). */
        boolean isTemporary() {
            return status == 0 || status == 409 || status == 503;
        }
    }
}
