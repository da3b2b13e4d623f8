package dev.rollcall.relay.phone;

import dev.rollcall.relay.delivery.Attempt;
import dev.rollcall.relay.delivery.Bell;
import dev.rollcall.relay.delivery.Destination;
import dev.rollcall.relay.delivery.Selection;
import dev.rollcall.relay.domain.AlertStatus;
import dev.rollcall.relay.domain.Result;
import dev.rollcall.relay.queue.Entry;
import dev.rollcall.relay.queue.Queued;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Calls the people of an escalation list one after the other until one acknowledges. Only what fires is phoned, and only
 * until it is resolved; of a group, only the latest word.
 */
public final class Phone implements Destination {
    private final PhoneProvider provider;
    private final List<String> callees;
    private final Duration acknowledgeWithin;
    private final Duration roundPause;
    private final Bell bell;
    private final Calls calls = new Calls();
    private int next;

    /**
     * A phone.
     *
     * @param provider makes the calls
     * @param callees whom to call, in this order
     * @param acknowledgeWithin how long somebody has to acknowledge, before the next one is called
     * @param roundPause how long to wait after the last one, before it begins with the first again
     * @param bell the lane's
     */
    public Phone(
            PhoneProvider provider, List<String> callees, Duration acknowledgeWithin, Duration roundPause, Bell bell) {
        if (callees.isEmpty()) {
            throw new IllegalArgumentException("phone.callees: none (expected: at least one)");
        }
        this.provider = provider;
        this.callees = List.copyOf(callees);
        this.acknowledgeWithin = acknowledgeWithin;
        this.roundPause = roundPause;
        this.bell = bell;
    }

    /**
     * Notes that somebody has heard a call. May be called from any thread, and more than once.
     *
     * @param id the call's id
     * @return false if there was no such call
     */
    public boolean acknowledge(String id) {
        boolean known = calls.acknowledge(id);
        bell.ring();
        return known;
    }

    @Override
    public void awaitTurn() {
        // nobody limits calls
    }

    @Override
    public Selection select(List<Queued> waiting) {
        List<Queued> batch = new ArrayList<>();
        List<Queued> delivered = new ArrayList<>();
        List<Queued> skipped = new ArrayList<>();
        for (Queued queued : waiting) {
            if (calls.isAcknowledged(queued.entry())) {
                delivered.add(queued);
            } else if (queued.notification().status() == AlertStatus.RESOLVED || isOutdated(queued, waiting)) {
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
        return new Selection(batch, delivered, skipped);
    }

    @Override
    public Attempt deliver(List<Queued> batch) {
        String callee = callees.get(next);
        String id = UUID.randomUUID().toString();
        List<Entry> entries = batch.stream().map(Queued::entry).toList();
        calls.add(id, entries);
        Attempt called = provider.call(id, callee, CallText.of(batch));
        if (!(called instanceof Attempt.Delivered)) {
            return called;
        }
        next = (next + 1) % callees.size();
        if (bell.await(() -> entries.stream().allMatch(calls::isAcknowledged), acknowledgeWithin)) {
            calls.forget(batch);
            next = 0;
            return called;
        }
        return new Attempt.Later(
                Result.FAILED,
                callee + " did not acknowledge within " + acknowledgeWithin,
                next == 0 ? roundPause : Duration.ZERO);
    }

    /** Whether there is a later word on its group, which always tells of all its alerts. */
    private static boolean isOutdated(Queued queued, List<Queued> waiting) {
        return waiting.stream()
                .map(Queued::entry)
                .anyMatch(other -> other.sequence() > queued.entry().sequence()
                        && other.identity()
                                .group()
                                .equals(queued.entry().identity().group()));
    }
}
