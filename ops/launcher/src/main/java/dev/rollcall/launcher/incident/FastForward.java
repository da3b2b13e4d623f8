package dev.rollcall.launcher.incident;

import dev.rollcall.discovery.http.BoundedHttpClient;
import dev.rollcall.launcher.parts.AlertmanagerServer;
import dev.rollcall.launcher.parts.PrometheusServer;
import dev.rollcall.launcher.parts.TimeLapse;
import dev.rollcall.launcher.platform.CommandFailure;
import dev.rollcall.launcher.platform.Pause;
import dev.rollcall.launcher.platform.Port;
import dev.rollcall.launcher.platform.Ports;
import dev.rollcall.launcher.platform.Workspace;
import dev.rollcall.launcher.process.PlatformState;
import dev.rollcall.rollcall.HttpApi;
import dev.rollcall.rollcall.NoAnswer;
import dev.rollcall.rollcall.PrometheusReader;
import java.time.Duration;
import java.util.Optional;

/** Lets Prometheus and Alertmanager go by shortened times until it is closed; they run on meanwhile. */
public final class FastForward implements AutoCloseable {

    private static final TimeLapse FAST = new TimeLapse(12);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Workspace workspace;
    private final PlatformState platform;

    private FastForward(Workspace workspace, PlatformState platform) {
        this.workspace = workspace;
        this.platform = platform;
    }

    public static FastForward begin(Workspace workspace, PlatformState platform) {
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
        try (BoundedHttpClient client = HttpApi.client()) {
            PrometheusReader prometheus = new PrometheusReader(new HttpApi(client, ports.uri(Port.PROMETHEUS)));
            HttpApi alertmanager = new HttpApi(client, ports.uri(Port.ALERTMANAGER));
            while (true) {
                try {
                    // an alert that fires while it knows no Alertmanager is sent a minute later
                    if (prometheus.config().contains(rules) == hurried && prometheus.hasAlertmanager()) {
                        alertmanager.post("/-/reload");
                        return;
                    }
                    expire(end, "Prometheus has not taken its configuration");
                } catch (NoAnswer e) {
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
