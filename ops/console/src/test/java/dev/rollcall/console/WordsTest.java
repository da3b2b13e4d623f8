package dev.rollcall.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WordsTest {
    private static final Path WEB = Path.of("src/main/resources/web");
    /** t('key'), t(`prefix.${…}`) and the page's own data-i18n="key". */
    private static final Pattern USE = Pattern.compile(
            "\\bt\\(\\s*['`]([\\w.]+)|data-i18n(?:-label)?=\"([\\w.]+)\"|\\? '([a-z]+\\.[\\w.]+)' :|: '([a-z]+\\.[a-z]\\w+)'");

    private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");

    @Test
    void areTheSameInBothLanguages() throws IOException {
        JsonNode english = Words.file("en");
        JsonNode chinese = Words.file("zh");

        assertThat(names(chinese)).containsExactlyElementsOf(names(english));
        for (String name : names(english)) {
            assertThat(places(chinese.path(name).asText()))
                    .as(name)
                    .containsExactlyElementsOf(places(english.path(name).asText()));
        }
    }

    @Test
    void areAllThere() throws IOException {
        Set<String> known = names(Words.file("en"));
        List<String> used = new ArrayList<>();
        for (Path file : files()) {
            USE.matcher(Files.readString(file)).results().forEach(use -> used.add(key(use)));
        }

        assertThat(used).hasSizeGreaterThan(40);
        // a composed key ends in a dot; some key must start with it
        assertThat(used)
                .allSatisfy(key -> assertThat(known)
                        .anyMatch(name -> key.endsWith(".") ? name.startsWith(key) : name.equals(key)));
    }

    @Test
    void leaveNoStyleOrScriptToThePage() throws IOException {
        assertThat(Files.readString(WEB.resolve("index.html")))
                .doesNotContainPattern("style=|\\bon[a-z]+=|<style|<script(?! type=\"module\" src=)")
                .doesNotContain("//");
        for (Path file : files()) {
            assertThat(Files.readString(file)).as(file.toString()).doesNotContain("innerHTML", "eval(", "https://");
        }
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(WEB)) {
            return files.filter(file -> file.toString().matches(".*\\.(js|html)"))
                    .toList();
        }
    }

    private static String key(MatchResult use) {
        return Stream.of(1, 2, 3, 4)
                .map(use::group)
                .filter(it -> it != null)
                .findFirst()
                .orElseThrow();
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Set<String> places(String text) {
        return new TreeSet<>(
                PLACE.matcher(text).results().map(place -> place.group(1)).toList());
    }
}
