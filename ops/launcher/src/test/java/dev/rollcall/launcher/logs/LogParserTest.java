package dev.rollcall.launcher.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogParserTest {

    private static final Instant AT = Instant.parse("2026-11-28T18:47:49.762Z");

    /** As our services, Consul, Prometheus 2 and 3, PostgreSQL and Go's library print them. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "WARNING | 2026-11-28T18:47:49.762+0000 WARNING dev.rollcall.chassis.store.Database store is away: error",
                "ERROR   | {\"time\":\"2026-11-28T18:47:49.762+0000\",\"level\":\"SEVERE\",\"message\":\"[INFO] is no level\"}",
                "WARNING | `    2026-11-28T18:47:49.762Z [WARN]  agent: bootstrap = true: do not enable unless necessary`",
                "INFO    | `    2026-11-28T18:47:49.762Z [INFO]  agent: error and [ERROR] are words here`",
                "ERROR   | level=error ts=2026-11-28T18:47:49.762Z caller=main.go:323 msg=\"level=info\"",
                "INFO    | time=2026-11-28T18:47:49.762Z level=INFO source=main.go:191 msg=\"Starting\"",
                "ERROR   | 2026-11-28 18:47:49.762 UTC [123] FATAL:  password authentication failed",
                "INFO    | 2026-11-28 18:47:49.762 UTC [123] LOG:  checkpoint starting",
                "INFO    | 2026-11-29T02:47:49.762+08:00 nothing says how serious this is"
            })
    void readsTimeAndSeverity(Severity severity, String line) {
        assertThat(parse(line)).containsExactly(new LogEntry("part", AT, severity, line));
    }

    @Test
    void aTimeWithoutZoneIsLocal() {
        List<LogEntry> entries =
                LogParser.parse("part", "2026-11-29 02:47:49,762 INFO hello".lines(), ZoneId.of("Asia/Shanghai"));

        assertThat(entries).extracting(LogEntry::at).containsExactly(AT);
    }

    @Test
    void aStackTraceBelongsToTheLineBeforeIt() {
        assertThat(parse("""
                        ==> Starting agent...
                        2026-11-28T18:47:49.762+0000 WARNING a.B it failed
                        java.lang.IllegalStateException: 2026-11-28T18:00:00Z INFO is not a time in front
                        \tat a.B.c(B.java:7)

                        2026-11-28T18:47:50.000+0000 INFO a.B it works
                        """))
                .extracting(LogEntry::severity, LogEntry::text)
                .containsExactly(
                        tuple(Severity.WARNING, """
                        2026-11-28T18:47:49.762+0000 WARNING a.B it failed
                        java.lang.IllegalStateException: 2026-11-28T18:00:00Z INFO is not a time in front
                        \tat a.B.c(B.java:7)"""),
                        tuple(Severity.INFO, "2026-11-28T18:47:50.000+0000 INFO a.B it works"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "TCP server running at tcp://localhost:9092",
                "2026-13-45T99:00:00Z INFO no such day",
                "2026-11-28T18:47:49.762+99:99 INFO no such offset",
                "\u0000\ufffd{\"time\":",
                "2026-11-28"
            })
    void leavesOutWhatHasNoTime(String line) {
        assertThat(parse(line)).isEmpty();
    }

    private static List<LogEntry> parse(String text) {
        return LogParser.parse("part", text.lines(), ZoneId.of("Asia/Shanghai"));
    }
}
