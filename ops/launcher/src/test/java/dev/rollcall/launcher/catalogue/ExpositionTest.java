package dev.rollcall.launcher.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.launcher.catalogue.Exposition.Family;
import dev.rollcall.launcher.catalogue.Exposition.Sample;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpositionTest {

    @Test
    void readsFamiliesWithTheirSamples() throws Exception {
        Exposition exposition = Exposition.parse("""
                # HELP latency_seconds Time, in \\\\ and \\n
                # TYPE latency_seconds histogram
                latency_seconds_bucket{path="/a,b{c}",le="+Inf"} 3
                latency_seconds_count{path="/a,b{c}"} 3
                latency_seconds_sum{path="/a,b{c}"} 1.5E-7

                # a comment
                visits{who="\\"me\\"",} +Inf 1700000000000
                """);

        assertThat(exposition.families())
                .containsExactly(
                        new Family(
                                "latency_seconds",
                                "histogram",
                                "Time, in \\ and \n",
                                List.of(
                                        new Sample("latency_seconds_bucket", Map.of("path", "/a,b{c}", "le", "+Inf")),
                                        new Sample("latency_seconds_count", Map.of("path", "/a,b{c}")),
                                        new Sample("latency_seconds_sum", Map.of("path", "/a,b{c}")))),
                        new Family("visits", "untyped", "", List.of(new Sample("visits", Map.of("who", "\"me\"")))));
        assertThat(exposition.size()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>", "visits", "visits seven", "visits{who=me} 7", "visits{who=\"me\" 7", "7", "{} 7"})
    void namesTheLineThatIsNone(String line) {
        assertThatThrownBy(() -> Exposition.parse("up 1\n" + line + "\n"))
                .isInstanceOf(Exposition.Malformed.class)
                .hasMessage("line 2 is neither a comment nor a sample: " + line);
    }

    @Test
    void readsLongLabelsWithoutRunningOutOfStack() throws Exception {
        String text = "up{a=\"" + "x\\n".repeat(50_000) + "\"} 1\n";

        assertThat(Exposition.parse(text).size()).isEqualTo(1);
    }
}
