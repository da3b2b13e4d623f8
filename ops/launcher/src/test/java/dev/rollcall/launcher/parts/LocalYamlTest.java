package dev.rollcall.launcher.parts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LocalYamlTest {

    /** Prometheus ignores a pattern that matches no file, and would start without rules. */
    @Test
    void takesTheNameOfAFolderForNoPattern() {
        assertThat(LocalYaml.below(Path.of("/a[b]?*\\c"), "rules/*.yml")).isEqualTo("/a\\[b]\\?\\*\\\\c/rules/*.yml");
    }
}
