package dev.rollcall.relay.dingtalk;

import dev.rollcall.relay.delivery.Attempt;
import dev.rollcall.relay.delivery.DeliveryPlan;
import dev.rollcall.relay.delivery.Destination;
import dev.rollcall.relay.delivery.Signal;
import dev.rollcall.relay.domain.Notification;
import dev.rollcall.relay.queue.Queued;
import java.util.List;

/**
 * A robot. It receives one message per notification while its limit allows it; beyond that, notifications are merged into one
 * message.
 */
public final class Robot implements Destination {
    private final RobotClient client;
    private final MessageWriter writer;
    private final TokenBucket bucket;
    private final Signal signal;

    /**
     * A robot.
     *
     * @param client sends messages
     * @param writer writes messages
     * @param bucket enforces the limit
     * @param signal the queue's signal
     */
    public Robot(RobotClient client, MessageWriter writer, TokenBucket bucket, Signal signal) {
        this.client = client;
        this.writer = writer;
        this.bucket = bucket;
        this.signal = signal;
    }

    @Override
    public void awaitTurn() {
        bucket.await(signal);
    }

    @Override
    public DeliveryPlan plan(List<Queued> waiting) {
        int count = waiting.size() <= bucket.available() ? 1 : writer.fitting(notifications(waiting));
        return DeliveryPlan.of(waiting.subList(0, count));
    }

    @Override
    public Attempt deliver(List<Queued> batch) {
        bucket.take();
        return client.send(writer.write(notifications(batch)));
    }

    private static List<Notification> notifications(List<Queued> queued) {
        return queued.stream().map(Queued::notification).toList();
    }
}
