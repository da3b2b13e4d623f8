package dev.rollcall.relay.phone;

import dev.rollcall.relay.delivery.Attempt;
import dev.rollcall.relay.delivery.DeliveryPlan;
import dev.rollcall.relay.delivery.Destination;
import dev.rollcall.relay.delivery.Signal;
import dev.rollcall.relay.domain.AlertStatus;
import dev.rollcall.relay.domain.Result;
import dev.rollcall.relay.queue.Queued;
import dev.rollcall.relay.queue.SpoolEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Calls the people of an escalation list, one after the other, until one acknowledges. Calls are made for firing alerts only,
 * until they are resolved, and for the latest notification of a group only.
 */
public final class Phone implements Destination {
    private final PhoneProvider provider;
    private final List<String> callees;
    private final Duration acknowledgeWithin;
    private final Duration roundPause;
    private final Signal signal;
    private final Calls calls = new Calls();
    private int next;

    /**
     * A phone.
     *
     * @param provider makes the calls
     * @param callees whom to call, in this order
     * @param acknowledgeWithin how long to wait for an acknowledgement before the next call
     * @param roundPause how long to wait after the last callee before the first is called again
     * @param signal the queue's signal
     */
    public Phone(
            PhoneProvider provider,
            List<String> callees,
            Duration acknowledgeWithin,
            Duration roundPause,
            Signal signal) {
        if (callees.isEmpty()) {
            throw new IllegalArgumentException("phone.callees: none (expected: at least one)");
        }
        this.provider = provider;
        this.callees = List.copyOf(callees);
        this.acknowledgeWithin = acknowledgeWithin;
        this.roundPause = roundPause;
        this.signal = signal;
    }

    /**
     * Acknowledges a call. Thread-safe, and may be repeated.
     *
     * @param id the call's id
     * @return false if there is no such call
     */
    public boolean acknowledge(String id) {
        boolean known = calls.acknowledge(id);
        signal.wake();
        return known;
    }

    @Override
    public void awaitTurn() {
        // calls are not limited
    }

    @Override
    public DeliveryPlan plan(List<Queued> waiting) {
        List<Queued> batch = new ArrayList<>();
        List<Queued> delivered = new ArrayList<>();
        List<Queued> skipped = new ArrayList<>();
        for (Queued queued : waiting) {
            if (calls.isAcknowledged(queued.entry())) {
                delivered.add(queued);
            } else if (queued.notification().status() == AlertStatus.RESOLVED || isSuperseded(queued, waiting)) {
                skipped.add(queued);
            } else {
                batch.add(queued);
            }
        }
        calls.forget(delivered);
        calls.forget(skipped);
        if (batch.isEmpty() || !delivered.isEmpty()) {
            next = 0;
        }
        return new DeliveryPlan(batch, delivered, skipped);
    }

    @Override
    public Attempt deliver(List<Queued> batch) {
        String callee = callees.get(next);
        String id = UUID.randomUUID().toString();
        List<SpoolEntry> entries = batch.stream().map(Queued::entry).toList();
        calls.add(id, entries);
        Attempt called = provider.call(id, callee, CallText.of(batch));
        if (!(called instanceof Attempt.Delivered)) {
            return called;
        }
        next = (next + 1) % callees.size();
        if (signal.await(() -> entries.stream().allMatch(calls::isAcknowledged), acknowledgeWithin)) {
            calls.forget(batch);
            next = 0;
            return called;
        }
        return new Attempt.Later(
                Result.FAILED,
                callee + " did not acknowledge within " + acknowledgeWithin,
                next == 0 ? roundPause : Duration.ZERO);
    }

    /** Whether its group has a later notification; each contains all alerts of the group. */
    private static boolean isSuperseded(Queued queued, List<Queued> waiting) {
        return waiting.stream()
                .map(Queued::entry)
                .anyMatch(other -> other.sequence() > queued.entry().sequence()
                        && other.identity()
                                .group()
                                .equals(queued.entry().identity().group()));
    }
}
