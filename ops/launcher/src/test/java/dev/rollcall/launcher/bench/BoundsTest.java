package dev.rollcall.launcher.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.launcher.platform.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundsTest {

    @TempDir
    private Path folder;

    @Test
    void figuresWithinTheirBoundsPass() throws IOException {
        Bounds bounds = bounds("# the most\n\nbytes per order = 60000\n");

        assertThatCode(() -> bounds.check(Map.of("bytes per order", 60_000.0))).doesNotThrowAnyException();
    }

    @Test
    void namesEachFigureThatExceedsItsBound() throws IOException {
        Bounds bounds = bounds("bytes per order = 60000\nstatements per order = 5\nclasses = 9000");

        assertFails(
                bounds,
                Map.of("bytes per order", 60_001.0, "statements per order", 5.1, "classes", 8_000.0),
                "bytes per order: 60001, bound 60000; statements per order: 5.1, bound 5"
                        + " (make it cheaper, or raise the bound in FILE and say why)");
    }

    @Test
    void figuresWithoutABoundFail() throws IOException {
        assertFails(
                bounds("classes = 9000"),
                Map.of("bytes per order", 6.5, "classes", 9000.0),
                "bytes per order = 6.5 (no bound: add a line to FILE)");
    }

    @Test
    void boundsWithoutAFigureFail() throws IOException {
        assertFails(
                bounds("classes = 9000\nclases = 9000"),
                Map.of("classes", 9000.0),
                "clases (no such figure: remove the line from FILE)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            classes = many         | FILE line 2: 'classes = many' (expected: figure = number)
            classes = -1           | FILE line 2: 'classes = -1' (expected: figure = number)
            classes 9000           | FILE line 2: 'classes 9000' (expected: figure = number)
            = 9000                 | FILE line 2: '= 9000' (expected: figure = number)
            bytes per order = 9000 | FILE line 2: 'bytes per order' has a bound already
            """)
    void refusesALineThatIsNoBound(String line, String message) {
        assertThatThrownBy(() -> bounds("bytes per order = 1\n" + line))
                .isInstanceOf(CommandFailure.class)
                .hasMessage(message.replace("FILE", file().toString()));
    }

    @Test
    void missesTheFile() {
        assertThatThrownBy(() -> Bounds.in(file()))
                .isInstanceOf(CommandFailure.class)
                .hasMessage("cannot read the bounds in " + file() + ": restore it");
    }

    @Test
    void showsWhereABoundCouldBeLower() throws IOException {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("bytes per order", 30_000.0);
        figures.put("statements per order", 5.0);
        figures.put("statements per scrape", 0.0);
        figures.put("classes", 9_001.0);
        figures.put("calls", 2.0);

        assertThat(bounds("""
                bytes per order = 60000
                statements per order = 5
                statements per scrape = 0
                classes = 9000
                """).compare(figures)).hasToString("""
                        FIGURE                 MEASURED  BOUND
                        bytes per order        30000     60000  ok, lower the bound
                        statements per order   5         5      ok
                        statements per scrape  0         0      ok
                        classes                9001      9000   EXCEEDED
                        calls                  2         -      NO BOUND""");
    }

    private void assertFails(Bounds bounds, Map<String, Double> figures, String message) {
        // in a known order
        assertThatThrownBy(() -> bounds.check(new TreeMap<>(figures)))
                .isInstanceOf(CommandFailure.class)
                .hasMessage(message.replace("FILE", file().toString()));
    }

    private Bounds bounds(String text) throws IOException {
        return Bounds.in(Files.writeString(file(), text));
    }

    private Path file() {
        return folder.resolve("bounds.properties");
    }
}
