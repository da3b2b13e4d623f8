package dev.rollcall.launcher.parts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.launcher.platform.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AotCacheTest {

    private static final String MODULE = "ops/console";
    private static final Instant BUILT = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path folder = Path.of("");

    private Path target = Path.of("");

    @BeforeEach
    void build() throws IOException {
        target = folder.resolve(MODULE).resolve("target");
        Files.createDirectories(target.resolve("libs"));
        write("console.jar", BUILT);
        write("libs/helidon.jar", BUILT);
    }

    @Test
    void isUsedOnceItIsThere() throws IOException {
        assertThat(cache().options()).isEmpty();
        assertThat(cache().isCurrent()).isFalse();

        Path file = write("console-" + Runtime.version() + ".aot", BUILT.plusSeconds(1));

        assertThat(cache().options()).containsExactly("-XX:AOTCache=" + file);
        assertThat(cache().isCurrent()).isTrue();
    }

    @Test
    void isOutdatedOnceAProgramOrALibraryIsNewer() throws IOException {
        write("console-" + Runtime.version() + ".aot", BUILT.plusSeconds(1));
        write("libs/helidon.jar", BUILT.plusSeconds(2));
        assertThat(cache().isCurrent()).isFalse();

        write("libs/helidon.jar", BUILT);
        write("console.jar", BUILT.plusSeconds(2));
        assertThat(cache().isCurrent()).isFalse();
    }

    @Test
    void isNotUsedButRecordedByAPlatformThatRecords() throws IOException {
        write("console-" + Runtime.version() + ".aot", BUILT.plusSeconds(1));
        AotCache.record(workspace());

        assertThat(cache().options())
                .containsExactly(
                        "-XX:AOTMode=record", "-XX:AOTConfiguration=" + folder.resolve("state/recordings/console"));
    }

    private AotCache cache() {
        return new AotCache(workspace(), MODULE);
    }

    private Workspace workspace() {
        return new Workspace(folder, folder.resolve("state"), folder.resolve("tools"));
    }

    private Path write(String name, Instant time) throws IOException {
        Path file = Files.writeString(target.resolve(name), name);
        return Files.setLastModifiedTime(file, FileTime.from(time));
    }
}
