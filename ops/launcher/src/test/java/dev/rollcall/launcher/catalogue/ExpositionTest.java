package dev.rollcall.launcher.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.launcher.catalogue.Exposition.Family;
import dev.rollcall.launcher.catalogue.Exposition.Sample;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
                                        new Sample(
                                                "latency_seconds_bucket", Map.of("path", "/a,b{c}", "le", "+Inf"), 3),
                                        new Sample("latency_seconds_count", Map.of("path", "/a,b{c}"), 3),
                                        new Sample("latency_seconds_sum", Map.of("path", "/a,b{c}"), 1.5e-7))),
                        new Family(
                                "visits",
                                "untyped",
                                "",
                                List.of(new Sample("visits", Map.of("who", "\"me\""), Double.POSITIVE_INFINITY))));
        assertThat(exposition.samples()).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            delimiter = '|',
            value = {
                "<html> | neither a comment nor a sample",
                "visits | a value is missing",
                "visits seven | 'seven' is not a value",
                "visits{who=me} 7 | the value of a label isn't in quotes",
                "visits{who=\"me\" 7 | the name of a label is missing",
                "7 | neither a comment nor a sample",
                "{} 7 | neither a comment nor a sample"
            })
    void namesTheLineThatIsNoneAndWhy(String line, String why) {
        assertThatThrownBy(() -> Exposition.parse("up 1\n" + line + "\n"))
                .isInstanceOf(Exposition.Malformed.class)
                .hasMessage("line 2: " + why + ": " + line);
    }

    @Test
    void showsALineEndThatOnlyWindowsHas() {
        assertThatThrownBy(() -> Exposition.parse("up 1\r\n"))
                .isInstanceOf(Exposition.Malformed.class)
                .hasMessageContaining("'1\\r' is not a value");
    }

    @Test
    void readsLongLabelsWithoutRunningOutOfStack() throws Exception {
        String text = "up{a=\"" + "x\\n".repeat(50_000) + "\"} 1\n";

        assertThat(Exposition.parse(text).samples()).hasSize(1);
    }
}
