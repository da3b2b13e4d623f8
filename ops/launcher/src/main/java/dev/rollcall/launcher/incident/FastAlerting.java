package dev.rollcall.launcher.incident;

import dev.rollcall.discovery.http.BoundedHttpClient;
import dev.rollcall.launcher.parts.AlertmanagerServer;
import dev.rollcall.launcher.parts.PrometheusServer;
import dev.rollcall.launcher.parts.Speedup;
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

/** Shortens the times of Prometheus and Alertmanager until closed. They keep running and reload their configuration. */
public final class FastAlerting implements AutoCloseable {

    private static final Speedup FAST = new Speedup(12);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Workspace workspace;
    private final PlatformState platform;

    private FastAlerting(Workspace workspace, PlatformState platform) {
        this.workspace = workspace;
        this.platform = platform;
    }

    public static FastAlerting begin(Workspace workspace, PlatformState platform) {
        FastAlerting begun = new FastAlerting(workspace, platform);
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
        go(Speedup.NONE);
    }

    private void go(Speedup speedup) {
        Ports ports = platform.ports();
        new PrometheusServer(workspace, ports, Optional.empty()).configure(speedup);
        new AlertmanagerServer(workspace, ports).configure(speedup);
        platform.find(PrometheusServer.NAME).process().reload();
        String rules = "/" + PrometheusServer.FAST_RULES + "/";
        boolean fast = !speedup.equals(Speedup.NONE);
        long end = System.nanoTime() + TIMEOUT.toNanos();
        try (BoundedHttpClient client = HttpApi.client()) {
            PrometheusReader prometheus = new PrometheusReader(new HttpApi(client, ports.uri(Port.PROMETHEUS)));
            HttpApi alertmanager = new HttpApi(client, ports.uri(Port.ALERTMANAGER));
            while (true) {
                String trouble;
                try {
                    // Prometheus sends an alert a minute late if it fires before Alertmanager is discovered
                    if (prometheus.config().contains(rules) == fast && prometheus.hasAlertmanager()) {
                        alertmanager.post("/-/reload");
                        return;
                    }
                    trouble = "Prometheus has not loaded its new configuration";
                } catch (NoAnswer e) {
                    trouble = e.reason();
                }
                if (System.nanoTime() > end) {
                    throw new CommandFailure("cannot change the rules: " + trouble);
                }
                Pause.of(PAUSE);
            }
        }
    }
}
