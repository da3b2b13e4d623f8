package dev.rollcall.relay.dingtalk;

import dev.rollcall.relay.delivery.Attempt;
import dev.rollcall.relay.delivery.Bell;
import dev.rollcall.relay.delivery.Destination;
import dev.rollcall.relay.delivery.Selection;
import dev.rollcall.relay.domain.Notification;
import dev.rollcall.relay.queue.Queued;
import java.util.List;

/**
 * One robot: a message a notification as long as the robot's limit allows it; what overflows is merged into one message.
 */
public final class Robot implements Destination {
    private final RobotClient client;
    private final MessageWriter writer;
    private final TokenBucket bucket;
    private final Bell bell;

    /**
     * A robot.
     *
     * @param client sends to it
     * @param writer writes its messages
     * @param bucket keeps its limit
     * @param bell the lane's
     */
    public Robot(RobotClient client, MessageWriter writer, TokenBucket bucket, Bell bell) {
        this.client = client;
        this.writer = writer;
        this.bucket = bucket;
        this.bell = bell;
    }

    @Override
    public void awaitTurn() {
        bucket.await(bell);
    }

    @Override
    public Selection select(List<Queued> waiting) {
        int count = waiting.size() <= bucket.available() ? 1 : writer.fitting(notifications(waiting));
        return Selection.of(waiting.subList(0, count));
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
