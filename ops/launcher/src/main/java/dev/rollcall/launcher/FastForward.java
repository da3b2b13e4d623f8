package dev.rollcall.launcher;

import dev.rollcall.discovery.http.BoundedHttpClient;
import java.time.Duration;
import java.util.Optional;

/** Lets Prometheus and Alertmanager go by shortened times until it is closed; they run on meanwhile. */
final class FastForward implements AutoCloseable {

    private static final TimeLapse FAST = new TimeLapse(12);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Workspace workspace;
    private final Platform platform;

    private FastForward(Workspace workspace, Platform platform) {
        this.workspace = workspace;
        this.platform = platform;
    }

    static FastForward begin(Workspace workspace, Platform platform) {
        FastForward begun = new FastForward(workspace, platform);
        try {
            begun.go(FAST);
            return begun;
        } catch (RuntimeException e) {
            begun.close();
            throw e;
        }
    }

    @Override
    public void close() {
        go(TimeLapse.NONE);
    }

    private void go(TimeLapse lapse) {
        Ports ports = platform.ports();
        new PrometheusServer(workspace, ports, Optional.empty()).configure(lapse);
        new AlertmanagerServer(workspace, ports).configure(lapse);
        platform.find(PrometheusServer.NAME).process().reload();
        String rules = "/" + PrometheusServer.HURRIED + "/";
        boolean hurried = !lapse.equals(TimeLapse.NONE);
        long end = System.nanoTime() + PATIENCE.toNanos();
        try (BoundedHttpClient client = HttpJson.client()) {
            PrometheusView prometheus = new PrometheusView(client, ports.uri(Port.PROMETHEUS));
            HttpJson alertmanager = new HttpJson(client, ports.uri(Port.ALERTMANAGER));
            while (true) {
                try {
                    // an alert that fires while it knows no Alertmanager is sent a minute later
                    if (prometheus.config().contains(rules) == hurried && prometheus.hasAlertmanager()) {
                        alertmanager.post("/-/reload");
                        return;
                    }
                    expire(end, "Prometheus has not taken its configuration");
                } catch (HttpJson.Unanswered e) {
                    expire(end, String.valueOf(e.getMessage()));
                }
                Pause.of(PAUSE);
            }
        }
    }

    private static void expire(long end, String trouble) {
        if (System.nanoTime() > end) {
            throw new CommandFailure("the rules cannot be changed: " + trouble);
        }
    }
}
