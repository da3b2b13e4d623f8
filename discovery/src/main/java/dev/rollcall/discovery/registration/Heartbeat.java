package dev.rollcall.discovery.registration;

import dev.rollcall.discovery.consul.QueryLoop;
import dev.rollcall.discovery.loop.BackgroundLoop;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Reports the instance's own readiness to its TTL checks. It requests the readiness over HTTP as Consul would, so that
 * a broken server reports itself as broken. One loop; the next report makes up for a failed one.
 */
final class Heartbeat implements AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger(Heartbeat.class.getName());

    private final AgentApi agent;
    private final Reconciler reconciler;
    private final Readiness readiness;
    private final long longestPauseMillis;
    private final BackgroundLoop loop;
    private @Nullable String trouble;

    /** Heartbeat of one instance; doesn't close {@code readiness}. */
    Heartbeat(AgentApi agent, Reconciler reconciler, Readiness readiness, CheckConfig check) {
        this.agent = agent;
        this.reconciler = reconciler;
        this.readiness = readiness;
        // two reports may get lost
        this.longestPauseMillis = Math.max(3, check.interval().toMillis() / 3);
        Duration pause = Duration.ofMillis(longestPauseMillis);
        this.loop = new BackgroundLoop("consul-heartbeat", this::beat, this::failed, pause, pause);
    }

    void start() {
        loop.start();
    }

    @Override
    public void close() {
        loop.close();
    }

    private void beat() throws InterruptedException {
        report();
        trouble = null;
        // jitter: instances don't report in step
        Thread.sleep(ThreadLocalRandom.current().nextLong(longestPauseMillis * 3 / 5, longestPauseMillis + 1));
    }

    private void report() throws InterruptedException {
        if (reconciler.ttlChecks().isEmpty()) {
            // not registered yet
            return;
        }
        Readiness.Answer answer = readiness.ask();
        for (String checkId : reconciler.ttlChecks()) {
            agent.report(checkId, answer.status(), answer.output());
        }
    }

    private void failed(Throwable e) {
        String reason = QueryLoop.reason(e);
        if (trouble == null) {
            LOGGER.log(System.Logger.Level.WARNING, "Heartbeats do not reach Consul, retrying: {0}", reason);
        }
        trouble = reason;
    }
}
