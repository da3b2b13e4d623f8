package dev.rollcall.launcher;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of {@code up} that move a port; each is also read from the environment. */
final class PortOptions {

    @Option(
            names = "--consul-port",
            paramLabel = "PORT",
            defaultValue = "${env:ROLLCALL_CONSUL_PORT}",
            description = "Consul's HTTP API and pages (8500)")
    @Nullable
    Port consul;

    @Option(
            names = "--prometheus-port",
            paramLabel = "PORT",
            defaultValue = "${env:ROLLCALL_PROMETHEUS_PORT}",
            description = "Prometheus (9090)")
    @Nullable
    Port prometheus;

    @Option(
            names = "--store-port",
            paramLabel = "PORT",
            defaultValue = "${env:ROLLCALL_STORE_PORT}",
            description = "the H2 server (9092)")
    @Nullable
    Port store;

    @Option(
            names = "--coupon-port",
            paramLabel = "PORT",
            defaultValue = "${env:ROLLCALL_COUPON_PORT}",
            description = "the first coupon-service (8082)")
    @Nullable
    Port coupon;

    @Option(
            names = "--order-port",
            paramLabel = "PORT",
            defaultValue = "${env:ROLLCALL_ORDER_PORT}",
            description = "the first order-service (8081)")
    @Nullable
    Port order;

    @Option(
            names = "--node-exporter-port",
            paramLabel = "PORT",
            defaultValue = "${env:ROLLCALL_NODE_EXPORTER_PORT}",
            description = "node_exporter (9100)")
    @Nullable
    Port nodeExporter;

    /** As if the user had given all of them. */
    static PortOptions of(Ports ports) {
        PortOptions options = new PortOptions();
        options.consul = new Port(ports.consul());
        options.prometheus = new Port(ports.prometheus());
        options.store = new Port(ports.store());
        options.coupon = new Port(ports.coupon());
        options.order = new Port(ports.order());
        options.nodeExporter = new Port(ports.nodeExporter());
        return options;
    }

    /** The given ports with those that the user chose in their place. */
    Ports onto(Ports ports) {
        return new Ports(
                or(consul, ports.consul()),
                or(prometheus, ports.prometheus()),
                or(store, ports.store()),
                or(coupon, ports.coupon()),
                or(order, ports.order()),
                or(nodeExporter, ports.nodeExporter()));
    }

    private static int or(@Nullable Port chosen, int otherwise) {
        return chosen == null ? otherwise : chosen.number();
    }

    /** A port as written on the command line. */
    record Port(int number) {
        static Port parse(String text) {
            if (!text.matches("\\d{1,5}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > 65535) {
                throw new TypeConversionException("'" + text + "' is not a port (expected: 1 to 65535)");
            }
            return new Port(Integer.parseInt(text));
        }
    }
}
