package dev.rollcall.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.console.LastKnown.Known;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RollCallTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:01:00Z");

    @Test
    void missesWhoeverOnlyOneSideKnows() {
        RollCall call = RollCall.of(
                now(List.of(registered("tea-1", "passing"))),
                now(new RollCaller.Scraped(List.of(target("tea-2", "up", NOW)), List.of())),
                NOW);

        assertThat(call.rows()).extracting(RollCall.Row::check).containsExactly("passing", "absent");
        assertThat(call.rows()).extracting(RollCall.Row::target).containsExactly("absent", "up");
        assertThat(call.isComplete()).isFalse();
    }

    @Test
    void isCompleteWhenBothSidesAgree() {
        RollCall call = RollCall.of(
                now(List.of(registered("tea-1", "passing"))),
                now(new RollCaller.Scraped(List.of(target("tea-1", "up", NOW.minusSeconds(4))), List.of())),
                NOW);

        assertThat(call.isComplete()).isTrue();
    }

    @Test
    void callsAScrapeLateAfterThreeMissed() {
        RollCall call = RollCall.of(
                now(List.of(registered("tea-1", "passing"))),
                now(new RollCaller.Scraped(List.of(target("tea-1", "up", NOW.minusSeconds(16))), List.of())),
                NOW);

        assertThat(call.rows()).extracting(RollCall.Row::target).containsExactly("late");
    }

    @Test
    void judgesAnOldAnswerByTheTimeItIsFrom() {
        Instant then = NOW.minusSeconds(600);
        RollCall call = RollCall.of(
                now(List.of(registered("tea-1", "passing"))),
                new Known<>(
                        new RollCaller.Scraped(List.of(target("tea-1", "up", then.minusSeconds(3))), List.of()),
                        then,
                        "Prometheus does not answer"),
                NOW);

        assertThat(call.rows()).extracting(RollCall.Row::target).containsExactly("up");
        assertThat(call.isComplete()).isFalse();
    }

    @Test
    void doesNotCallAbsentWhomItNeverAskedFor() {
        RollCall call = RollCall.of(
                new Known<>(List.of(), null, "Consul does not answer"),
                now(new RollCaller.Scraped(List.of(target("tea-1", "up", NOW)), List.of())),
                NOW);

        assertThat(call.rows()).extracting(RollCall.Row::check).containsExactly("unknown");
    }

    private static <T> Known<T> now(T value) {
        return new Known<>(value, NOW, "");
    }

    private static ConsulView.Registered registered(String id, String check) {
        return new ConsulView.Registered("tea", id, "10.0.0.1:80", "1", check, "");
    }

    private static PrometheusView.Target target(String id, String health, Instant lastScrape) {
        return new PrometheusView.Target("tea", id, health, lastScrape, 0.01, "");
    }
}
