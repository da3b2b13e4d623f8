package dev.rollcall.order.domain;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An order book in memory. */
final class FakeOrderBook implements OrderBook {
    private final Map<String, Row> rows = new LinkedHashMap<>();
    private final Clock clock;

    private record Row(
            Order order, @Nullable IdempotencyKey key, int attempt, Instant attemptedAt, boolean releaseDue) {}

    FakeOrderBook(Clock clock) {
        this.clock = clock;
    }

    List<Order.Status> statuses() {
        return rows.values().stream().map(row -> row.order().status()).toList();
    }

    Order.Status status(String id) {
        return row(id).order().status();
    }

    long releasesDue() {
        return rows.values().stream().filter(Row::releaseDue).count();
    }

    @Override
    public Optional<Attempt> open(Order order, @Nullable IdempotencyKey key) {
        if (key != null && find(key.value()).isPresent()) {
            return Optional.empty();
        }
        rows.put(order.id(), new Row(order, key, 1, clock.instant(), false));
        return Optional.of(new Attempt(order, 1));
    }

    @Override
    public Optional<KeyedOrder> find(String key) {
        for (Row row : rows.values()) {
            if (row.key() != null && row.key().value().equals(key)) {
                var attempt = new Attempt(row.order(), row.attempt());
                return Optional.of(new KeyedOrder(attempt, row.key().fingerprint(), row.attemptedAt()));
            }
        }
        return Optional.empty();
    }

    @Override
    public Optional<Attempt> takeOver(Attempt abandoned) {
        Row row = row(abandoned.order().id());
        if (row.attempt() != abandoned.number() || !isUnsettled(row)) {
            return Optional.empty();
        }
        int next = abandoned.number() + 1;
        rows.put(row.order().id(), new Row(row.order(), row.key(), next, clock.instant(), row.releaseDue()));
        return Optional.of(new Attempt(row.order(), next));
    }

    @Override
    public boolean settle(Attempt attempt, Order settled) {
        if (!holds(attempt)) {
            return false;
        }
        boolean cancelled = settled.status() == Order.Status.CANCELLED;
        Row row = row(settled.id());
        IdempotencyKey key = cancelled ? null : row.key();
        rows.put(settled.id(), new Row(settled, key, row.attempt(), row.attemptedAt(), cancelled));
        return true;
    }

    @Override
    public void released(String orderId) {
        Row row = row(orderId);
        rows.put(orderId, new Row(row.order(), row.key(), row.attempt(), row.attemptedAt(), false));
    }

    @Override
    public List<Attempt> unsettled(Instant before, int limit) {
        return rows.values().stream()
                .filter(row -> isUnsettled(row) && row.attemptedAt().isBefore(before))
                .map(row -> new Attempt(row.order(), row.attempt()))
                .limit(limit)
                .toList();
    }

    @Override
    public Backlog backlog() {
        long pending = statuses().stream().filter(Order.Status.PENDING::equals).count();
        return new Backlog(pending, releasesDue(), Duration.ZERO);
    }

    private static boolean isUnsettled(Row row) {
        return row.order().status() == Order.Status.PENDING || row.releaseDue();
    }

    private boolean holds(Attempt attempt) {
        Row row = row(attempt.order().id());
        return row.order().status() == Order.Status.PENDING && row.attempt() == attempt.number();
    }

    private Row row(String id) {
        Row row = rows.get(id);
        if (row == null) {
            throw new IllegalArgumentException("order " + id + " isn't written (expected: one that was opened)");
        }
        return row;
    }
}
