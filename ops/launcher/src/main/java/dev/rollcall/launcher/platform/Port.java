package dev.rollcall.launcher.platform;

import java.util.Locale;

/** The ports that a user can choose; of a service, the port of its first instance. */
public enum Port {
    CONSOLE("the console", 8080),
    ORDER("the first order-service", 8081),
    COUPON("the first coupon-service", 8082),
    CONSUL("Consul's HTTP API and pages", 8500),
    PROMETHEUS("Prometheus", 9090),
    ALERTMANAGER("Alertmanager", 9093),
    RELAY("alert-relay", 8060),
    MAIL("the mail server of the stand-ins; in Docker, the mailbox", 8025),
    GRAFANA("Grafana, in Docker", 3000),
    OUTBOX("the stand-ins' pages that show what was sent", 8061),
    STORE("the H2 server", 9092),
    NODE_EXPORTER("node_exporter", 9100);

    private final String listener;
    private final int defaultNumber;

    Port(String listener, int defaultNumber) {
        this.listener = listener;
        this.defaultNumber = defaultNumber;
    }

    /** What listens there, for messages. */
    public String listener() {
        return listener;
    }

    public int defaultNumber() {
        return defaultNumber;
    }

    /** The option of {@code up} that sets it, like {@code --node-exporter-port}. */
    public String option() {
        return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-') + "-port";
    }

    /** The environment variable that sets it if the option doesn't. */
    public String variable() {
        return "ROLLCALL_" + name() + "_PORT";
    }
}
