package dev.rollcall.discovery;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Reports to an instance's TTL checks what the instance says of itself: it asks its own readiness the way Consul would,
 * so that a broken server reports itself broken. One loop; a report that fails is made good by the next one.
 */
final class Heartbeat implements AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger(Heartbeat.class.getName());

    private final AgentApi agent;
    private final Reconciler reconciler;
    private final Readiness readiness;
    private final CheckConfig check;
    private final Thread thread;
    private volatile boolean closed;
    private @Nullable String trouble;

    /**
     * Heartbeat of one instance.
     *
     * @param readiness what the instance says of itself; not closed here
     */
    Heartbeat(AgentApi agent, Reconciler reconciler, Readiness readiness, CheckConfig check) {
        this.agent = agent;
        this.reconciler = reconciler;
        this.readiness = readiness;
        this.check = check;
        this.thread = Thread.ofVirtual().name("consul-heartbeat").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    private void run() {
        while (!closed) {
            try {
                beat();
                trouble = null;
            } catch (InterruptedException e) {
                // only close() interrupts: the condition of the loop ends it
            } catch (RuntimeException e) {
                failed(String.valueOf(e.getMessage()));
            }
            pause();
        }
    }

    private void beat() throws InterruptedException {
        if (reconciler.ttlChecks().isEmpty()) {
            // not registered yet
            return;
        }
        Readiness.Answer answer = readiness.ask();
        for (String checkId : reconciler.ttlChecks()) {
            agent.report(checkId, answer.status(), answer.output());
        }
    }

    private void failed(String reason) {
        if (trouble == null && !closed) {
            LOGGER.log(System.Logger.Level.WARNING, "Heartbeats do not reach Consul and go on: {0}", reason);
        }
        trouble = reason;
    }

    /** Between a fifth and a third of the interval: two reports may get lost, and instances don't report in step. */
    private void pause() {
        long third = Math.max(3, check.interval().toMillis() / 3);
        try {
            Thread.sleep(Duration.ofMillis(ThreadLocalRandom.current().nextLong(third * 3 / 5, third + 1)));
        } catch (InterruptedException e) {
            // only close() interrupts: the condition of the loop ends it
        }
    }
}
