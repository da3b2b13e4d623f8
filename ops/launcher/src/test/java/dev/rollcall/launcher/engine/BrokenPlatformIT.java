package dev.rollcall.launcher.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.launcher.platform.Port;
import dev.rollcall.launcher.platform.Ports;
import dev.rollcall.launcher.process.PortPlan;
import dev.rollcall.launcher.testing.Checkout;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Failures of {@code up}: each prints one line and leaves nothing running. */
@Tag("full")
class BrokenPlatformIT {

    private static final List<String> LINKED = List.of(
            "ops/tools",
            "ops/consul",
            "ops/alertmanager",
            "ops/alert-relay",
            "ops/stand-ins",
            "ops/launcher",
            "ops/console",
            "ops/grafana",
            "order-service");

    private final Ports ports = PortPlan.anyFree();

    @TempDir
    Path home = Path.of("");

    private Checkout checkout = new Checkout(home);

    /** A checkout of links to the real one, in which a test can break a file. */
    @BeforeEach
    void place() throws IOException {
        Path real = new Checkout(home).workspace().home();
        Files.createDirectories(home.resolve("ops/prometheus"));
        for (String linked : LINKED) {
            Files.createSymbolicLink(home.resolve(linked), real.resolve(linked));
        }
        Files.copy(real.resolve("ops/prometheus/prometheus.yml"), home.resolve("ops/prometheus/prometheus.yml"));
        Path libs =
                Files.createDirectories(home.resolve("coupon-service/target")).resolve("libs");
        Files.createSymbolicLink(libs, real.resolve("coupon-service/target/libs"));
        Files.copy(
                real.resolve("coupon-service/target/coupon-service.jar"),
                libs.resolveSibling("coupon-service.jar"),
                StandardCopyOption.COPY_ATTRIBUTES);
        checkout = new Checkout(home, home.resolve("state"));
    }

    @AfterEach
    void leavesNothingRunning() throws IOException {
        for (String linked : LINKED) {
            Files.delete(home.resolve(linked));
        }
        Files.delete(home.resolve("coupon-service/target/libs"));
        assertThat(new StateFile(checkout.workspace()).read().running()).isEmpty();
        assertThat(List.of(
                        ports.of(Port.CONSUL),
                        ports.of(Port.PROMETHEUS),
                        ports.of(Port.STORE),
                        ports.of(Port.COUPON),
                        ports.of(Port.ORDER)))
                .allMatch(Ports::isFree);
    }

    @Test
    void startsNothingWhenAPortIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();

            Map<Port, Integer> chosen = new EnumMap<>(ports.chosen());
            chosen.put(Port.PROMETHEUS, port);

            assertThat(checkout.up(new Ports(chosen))).as(checkout.said()).isEqualTo(1);
            assertThat(checkout.err())
                    .isEqualTo(
                            "ops/rollcall: port %d for prometheus is taken: stop what listens there, or choose"
                                    + " another with --prometheus-port",
                            port);
            assertThat(home.resolve("state/logs")).doesNotExist();
        }
    }

    @Test
    void namesTheLineOfBrokenYaml() throws IOException {
        Path config = home.resolve("ops/prometheus/prometheus.yml");
        Files.writeString(config, "scrape_configs: [\n");

        assertThat(checkout.up(ports)).as(checkout.said()).isEqualTo(1);

        assertThat(checkout.err())
                .startsWith("ops/rollcall: " + config + " line 2: ")
                .hasLineCount(1);
    }

    @Test
    void tellsWhatPrometheusWouldRefuse() throws IOException {
        Path config = home.resolve("ops/prometheus/prometheus.yml");
        Files.writeString(config, Files.readString(config) + "    scrape_intervall: 1s\n");

        assertThat(checkout.up(ports)).as(checkout.said()).isEqualTo(1);

        assertThat(checkout.err())
                .startsWith("ops/rollcall: " + config)
                .contains("scrape_intervall")
                .hasLineCount(1);
    }

    @Test
    void stopsEverythingWhenAnInstanceCannotStart() throws IOException {
        Files.writeString(home.resolve("coupon-service/target/coupon-service.jar"), "no jar");

        assertThat(checkout.up(ports)).as(checkout.said()).isEqualTo(1);

        // a Consul that is ended during its start may have to be killed, which prints a line first
        assertThat(checkout.err().lines().toList().getLast())
                .matches(
                        "ops/rollcall: coupon-service-127.0.0.1-\\d+ ended while starting: Error: .* \\(all of it: .*\\)");
    }

    @Test
    void saysThatNothingWasBuilt() throws IOException {
        Files.delete(home.resolve("coupon-service/target/coupon-service.jar"));

        assertThat(checkout.up(ports)).as(checkout.said()).isEqualTo(1);

        assertThat(checkout.err())
                .isEqualTo("ops/rollcall: coupon-service is not built: mvn package, or start with ops/rollcall up");
    }
}
