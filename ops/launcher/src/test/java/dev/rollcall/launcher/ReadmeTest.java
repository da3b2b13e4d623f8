package dev.rollcall.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.launcher.testing.Markdown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command in the documents is run by .ci/run or, in Docker, by ops/docker/test. */
class ReadmeTest {

    private static final Path HOME = Path.of(System.getProperty("rollcall.home"));

    static List<Markdown> documents() throws IOException {
        return Markdown.all();
    }

    static Stream<Markdown> documentsWithCommands() throws IOException {
        return Markdown.all().stream().filter(document -> !document.commands().isEmpty());
    }

    @Test
    void documentsWithCommandsAreFound() throws IOException {
        assertThat(documentsWithCommands())
                .extracting(Markdown::toString)
                .contains("README.md", ".github/README.zh-CN.md", ".github/CONTRIBUTING.md", "ops/README.md");
        assertThat(Markdown.at("README.md").commands()).hasSizeGreaterThan(7);
        assertThat(Markdown.at("ops/README.md").commands()).hasSizeGreaterThan(20);
    }

    @ParameterizedTest
    @MethodSource("documentsWithCommands")
    void everyCommandIsRunByCi(Markdown document) throws IOException {
        String ci = Files.readString(HOME.resolve(".ci/run")).replace("mvn -B -ntp ", "mvn ")
                + Files.readString(HOME.resolve("ops/docker/test"));
        // CI has the checkout already
        String clone = "git clone " + Markdown.repository() + " && cd rollcall";

        assertThat(document.commands())
                .filteredOn(command -> !command.equals(clone))
                .allSatisfy(command -> assertThat(ci).contains(command));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyLinkLeadsSomewhere(Markdown document) {
        assertThat(document.links()).allSatisfy(link -> {
            assertThat(link.target()).exists();
            if (!link.anchor().isEmpty()) {
                assertThat(Markdown.of(link.target()).anchors()).contains(link.anchor());
            }
        });
    }

    @Test
    void bothLanguagesHaveTheSameCommandsAndLinks() {
        Markdown english = Markdown.at("README.md");
        Markdown chinese = Markdown.at(".github/README.zh-CN.md");

        assertThat(chinese.commands()).isEqualTo(english.commands());
        assertThat(chinese.addresses()).isEqualTo(english.addresses());
        assertThat(linksOf(chinese, english)).isEqualTo(linksOf(english, chinese));
        assertThat(english.text().lines().findFirst())
                .hasValueSatisfying(line -> assertThat(line).contains("(.github/README.zh-CN.md)"));
        assertThat(chinese.text().lines().findFirst())
                .hasValueSatisfying(line -> assertThat(line).contains("(../README.md)"));
    }

    @Test
    void isShortEnoughForAFirstVisit() {
        assertThat(Markdown.at("README.md").text().lines()).hasSizeLessThanOrEqualTo(150);
    }

    /** All links except the one to the other language. */
    private static Set<Markdown.Link> linksOf(Markdown readme, Markdown other) {
        return readme.links().stream()
                .filter(Predicate.not(link -> link.target().equals(other.file())))
                .collect(Collectors.toSet());
    }
}
