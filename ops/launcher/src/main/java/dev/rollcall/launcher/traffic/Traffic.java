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
 * Sends orders at a steady rate, whatever becomes of them. Like a careful customer it sends one again, under the same
 * {@code Idempotency-Key}, when no answer came or the answer was to try again later: that makes it one order still.
 */
public final class Traffic {

    private static final HeaderName IDEMPOTENCY_KEY = HeaderNames.create("Idempotency-Key");
    private static final Duration PATIENCE = Duration.ofSeconds(45);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int IN_FLIGHT = 256;

    private final Http1Client orderService;
    private final OrderMix mix;
    private final Consumer<String> complaints;
    private final Tally tally = new Tally();
    private volatile boolean interrupted;

    /** Complaints are told, a line each, of orders that failed. */
    public Traffic(Http1Client orderService, OrderMix mix, Consumer<String> complaints) {
        this.orderService = orderService;
        this.mix = mix;
        this.complaints = complaints;
    }

    public Tally tally() {
        return tally;
    }

    /**
     * Sends orders until the time is over, then waits for the answers outstanding. If the thread is interrupted, no
     * order is sent again.
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
        long end = System.nanoTime() + PATIENCE.toNanos();
        Answer answer = send(order, key);
        while (answer.isTemporary() && !interrupted && System.nanoTime() < end) {
            Pause.of(PAUSE);
            if (tally.sentAgain(answer.status())) {
                complaints.accept("an order is sent again, and others may be: " + answer.text());
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
            // however the client puts it: no answer came
            return new Answer(0, e.toString());
        }
    }

    /** What came back; status 0 if nothing did. */
    private record Answer(int status, String text) {
        /** Nothing, or that an earlier attempt is in flight, or that a needed service is away. */
        boolean isTemporary() {
            return status == 0 || status == 409 || status == 503;
        }
    }
}
