package dev.rollcall.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.rollcall.console.Dashboards.Dashboard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DashboardsTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void namesAFileThatIsNoDashboardAndKeepsTheOthers() throws IOException {
        write("a.json", "{\"title\": \"A\", \"uid\": \"a\"}");
        write("half.json", "{\n\"title\":");
        write("list.json", "[1]");
        write("empty.json", "");
        write("two.json", "{\"title\": \"B\"} {");
        Files.createSymbolicLink(folder.resolve("nowhere.json"), folder.resolve("gone"));
        Files.createDirectory(folder.resolve("folder.json"));

        assertThat(new Dashboards(folder).all())
                .extracting(Dashboard::uid, Dashboard::title, Dashboard::problem)
                .satisfiesExactly(
                        it -> assertThat(it).isEqualTo(tuple("a", "A", "")),
                        it -> assertThat(it).isEqualTo(tuple("empty", "empty", "empty.json is not a JSON object")),
                        it -> assertThat(it.toList().getLast())
                                .asString()
                                .startsWith("half.json is not JSON (line 2: Unexpected end-of-input"),
                        it -> assertThat(it).isEqualTo(tuple("list", "list", "list.json is not a JSON object")),
                        it -> assertThat(it).isEqualTo(tuple("nowhere", "nowhere", "nowhere.json cannot be read")),
                        it -> assertThat(it.toList().getLast())
                                .asString()
                                .startsWith("two.json is not JSON (line 1: "));
    }

    @Test
    void findsTitleAndUidWhereverGrafanaPutsThem() throws IOException {
        write("api.json", "{\"meta\": {}, \"dashboard\": {\"uid\": \"u1\", \"title\": \"From the API\"}}");
        write("newer.json", "{\"metadata\": {\"name\": \"u2\"}, \"spec\": {\"title\": \"Schema 2\"}}");
        write("no name of its own.json", "{\"uid\": null, \"panels\": []}");

        assertThat(new Dashboards(folder).all())
                .extracting(Dashboard::uid, Dashboard::title)
                .containsExactly(
                        tuple("u1", "From the API"),
                        tuple("u2", "Schema 2"),
                        tuple("no-name-of-its-own", "no name of its own"));
    }

    @Test
    void findsEachOfTwoWithTheSameUid() throws IOException {
        write("copy.json", "{\"uid\": \"same\", \"title\": \"Copy\"}");
        write("original.json", "{\"uid\": \"same\", \"title\": \"Original\"}");

        Dashboards dashboards = new Dashboards(folder);

        assertThat(dashboards.find("same"))
                .hasValueSatisfying(it -> assertThat(it.title()).isEqualTo("Copy"));
        assertThat(dashboards.find("same-2"))
                .hasValueSatisfying(it -> assertThat(it.title()).isEqualTo("Original"));
    }

    @Test
    void looksIntoFoldersOfAnyDepthButHiddenOnes() throws IOException {
        write("Team/Part/deep.json", "{\"title\": \"Deep\"}");
        write("..2026_01_01/mounted.json", "{\"title\": \"Mounted\"}");
        Files.createSymbolicLink(folder.resolve("mounted.json"), folder.resolve("..2026_01_01/mounted.json"));

        assertThat(new Dashboards(folder).all())
                .extracting(Dashboard::folder, Dashboard::title)
                .containsExactly(tuple("Team", "Deep"), tuple("", "Mounted"));
    }

    private void write(String file, String content) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }
}
