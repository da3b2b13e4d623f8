package dev.rollcall.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** README.md promises that its commands work: they are the ones that .ci/run runs, in Docker by way of ops/docker/test. */
class ReadmeTest {
    private static final Pattern SHELL_BLOCK = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("\\]\\((?!http)([^)#]+)\\)");
    private static final Path HOME = Path.of(System.getProperty("rollcall.home"));

    @Test
    void everyCommandIsRunByCi() throws IOException {
        String ci = Files.readString(HOME.resolve(".ci/run")).replace("mvn -B -ntp ", "mvn ")
                + Files.readString(HOME.resolve("ops/docker/test"));
        List<String> commands = SHELL_BLOCK
                .matcher(readme())
                .results()
                .flatMap(block -> block.group(1).lines())
                .toList();

        assertThat(commands).hasSizeGreaterThan(8);
        assertThat(commands).allSatisfy(command -> assertThat(ci).contains(command));
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        List<String> links = LINK.matcher(readme())
                .results()
                .map((MatchResult link) -> link.group(1))
                .toList();

        assertThat(links)
                .isNotEmpty()
                .allSatisfy(link -> assertThat(HOME.resolve(link)).exists());
    }

    private static String readme() throws IOException {
        return Files.readString(HOME.resolve("README.md"));
    }
}
