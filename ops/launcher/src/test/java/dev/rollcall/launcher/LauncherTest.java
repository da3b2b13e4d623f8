package dev.rollcall.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.launcher.testing.Checkout;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LauncherTest {

    @TempDir
    Path state = Path.of("");

    private Checkout checkout = new Checkout(state);

    @BeforeEach
    void open() {
        checkout = new Checkout(state);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                fly                          | Unmatched argument at index 0: 'fly' (see ops/rollcall --help)
                up --engine podman           | Invalid value for option '--engine': expected one of [AUTO, LOCAL, DOCKER] (case-insensitive) but was 'podman' (see ops/rollcall up --help)
                up --consul-port 99999       | Invalid value for option '--consul-port': '99999' is not a port (expected: 1 to 65535) (see ops/rollcall up --help)
                up --consul-port             | Missing required parameter for option '--consul-port' (PORT) (see ops/rollcall up --help)
                scale                        | Missing required parameter: 'SERVICE=N' (see ops/rollcall scale --help)
                scale coupon-service         | Invalid value for positional parameter at index 0 (SERVICE=N): 'coupon-service' (expected: SERVICE=N, SERVICE one of coupon-service, order-service, N from 0 to 32) (see ops/rollcall scale --help)
                scale coupon-service=-1      | Invalid value for positional parameter at index 0 (SERVICE=N): 'coupon-service=-1' (expected: SERVICE=N, SERVICE one of coupon-service, order-service, N from 0 to 32) (see ops/rollcall scale --help)
                scale consul=3               | Invalid value for positional parameter at index 0 (SERVICE=N): 'consul=3' (expected: SERVICE=N, SERVICE one of coupon-service, order-service, N from 0 to 32) (see ops/rollcall scale --help)
                stop                         | Missing required parameter: 'INSTANCE' (see ops/rollcall stop --help)
                traffic --rate 0             | Invalid value for option '--rate': '0' is not a rate (expected: 0.1 to 5000 a second) (see ops/rollcall traffic --help)
                traffic --duration soon      | Invalid value for option '--duration': 'soon' is not a duration (expected: like 30s, 5m or 1h) (see ops/rollcall traffic --help)
                bench start --rounds 0       | Invalid value for option '--rounds': '0' is not a number of rounds (expected: 1 to 99) (see ops/rollcall bench start --help)
                incident                     | Missing required parameter: 'NAME' (see ops/rollcall incident --help)
                incident fire                | Invalid value for positional parameter at index 0 (NAME): 'fire' (expected: one of instance-killed, coupon-service-slow, coupon-abuse, consul-away, orders-stalled) (see ops/rollcall incident --help)
                traffic --consul h:1         | Invalid value for option '--consul': 'h:1' (expected: like http://127.0.0.1:8500) (see ops/rollcall traffic --help)
                doctor --consul http://h:1   | --consul and --prometheus go together: give both, or neither for the platform on this machine (see ops/rollcall doctor --help)
                doctor --consul h:1 --prometheus http://h:2 | Invalid value for option '--consul': 'h:1' (expected: like http://127.0.0.1:8500) (see ops/rollcall doctor --help)
                audit --consul http://h:1 --prometheus http://h:2 | auditing another platform needs --databases, like jdbc:postgresql://127.0.0.1:5432/, and --database-passwords, a folder (see ops/rollcall audit --help)
                status --xml                 | Unknown option: '--xml' (see ops/rollcall status --help)
                """)
    void answersWrongUsageWithOneLineAndTwo(String arguments, String line) {
        assertThat(checkout.rollcall(arguments.split(" ", -1)))
                .as(checkout.said())
                .isEqualTo(2);
        assertThat(checkout.err()).isEqualTo("ops/rollcall: " + line);
        assertThat(checkout.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "status",
        "scale coupon-service=1",
        "stop consul",
        "kill consul",
        "traffic",
        "incident instance-killed",
        "audit",
        "doctor"
    })
    void saysThatNothingRuns(String arguments) {
        assertThat(checkout.rollcall(arguments.split(" ", -1)))
                .as(checkout.said())
                .isEqualTo(1);
        assertThat(checkout.err()).isEqualTo("ops/rollcall: nothing is running: ops/rollcall up starts it");
    }

    @Test
    void hasNothingToStopWhenNothingRuns() {
        assertThat(checkout.rollcall("down")).as(checkout.said()).isZero();
        assertThat(checkout.out()).isEqualTo("nothing was running");
    }

    @Test
    void listsTheIncidentsThereAre() {
        assertThat(checkout.rollcall("incident", "--list")).as(checkout.said()).isZero();
        assertThat(checkout.out()).isEqualTo("""
                NAME                 WHAT IT DOES
                instance-killed      kills an instance of coupon-service (SIGKILL)
                coupon-service-slow  locks the coupons in the database for most of the time
                coupon-abuse         tries coupon codes that do not exist, a dozen a second
                consul-away          kills Consul (SIGKILL)
                orders-stalled       kills the database (SIGKILL) while customers go on ordering""");
    }

    @Test
    void listsTheLogsThereAre() throws Exception {
        Files.createDirectories(state.resolve("logs"));
        Files.writeString(state.resolve("logs/consul.log"), "hello\n");

        assertThat(checkout.rollcall("logs", "consul")).as(checkout.said()).isZero();
        assertThat(checkout.out()).isEqualTo("hello");
        assertThat(checkout.rollcall("logs", "../state")).as(checkout.said()).isEqualTo(1);
        assertThat(checkout.err()).isEqualTo("ops/rollcall: there is no log of '../state' (expected: one of consul)");
    }

    @Test
    void searchesAllLogsInTheOrderOfTheirTimes() throws Exception {
        Files.createDirectories(state.resolve("logs"));
        Files.writeString(
                state.resolve("logs/consul.log"),
                "2026-01-01T00:00:02Z [WARN]  agent: late\n2026-01-01T00:00:02Z [INFO] b");
        Files.writeString(
                state.resolve("logs/tea-127.0.0.1-80.log.1"), "2026-01-01T00:00:01.000+0000 SEVERE a.B broken\n\tat x");
        Files.writeString(state.resolve("logs/tea-127.0.0.1-80.log"), "2026-01-01T00:00:03.000+0000 INFO a.B up\n");

        assertThat(checkout.rollcall("logs", "--level", "warning"))
                .as(checkout.said())
                .isZero();
        assertThat(checkout.out()).isEqualTo("""
                tea-127.0.0.1-80  2026-01-01T00:00:01.000+0000 SEVERE a.B broken
                    at x
                consul            2026-01-01T00:00:02Z [WARN]  agent: late""");
        assertThat(checkout.rollcall("logs", "tea", "--level", "info")).isZero();
        assertThat(checkout.out().lines()).hasSize(3).noneMatch(line -> line.startsWith("consul"));
        assertThat(checkout.rollcall("logs", "--since", "5m")).isZero();
        assertThat(checkout.err()).isEqualTo("nothing found");
        assertThat(checkout.rollcall("logs", "--level", "loud")).isEqualTo(2);
        assertThat(checkout.rollcall("logs")).isEqualTo(2);
        assertThat(checkout.err())
                .isEqualTo(
                        "ops/rollcall: name a part, or search all logs with --since or --level (see ops/rollcall logs --help)");
        assertThat(checkout.rollcall("logs", "coffee", "--level", "info")).isEqualTo(1);
        assertThat(checkout.err())
                .isEqualTo("ops/rollcall: there is no log of 'coffee' (expected: one of consul, tea-127.0.0.1-80)");
    }

    @Test
    void keepsTheStackTraceFromTheUser() throws Exception {
        Files.writeString(state.resolve("state.json"), "{");

        assertThat(checkout.rollcall("status")).as(checkout.said()).isEqualTo(1);

        assertThat(checkout.err().lines()).hasSize(1);
        assertThat(state.resolve("launcher.log")).content().contains("JsonEOFException", "at dev.rollcall.launcher");
    }
}
