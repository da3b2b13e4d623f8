package dev.rollcall.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** README.md promises every key. */
class ReadmeTest {
    @Test
    void everyKeyIsDocumented() throws IOException, ClassNotFoundException {
        String readme = Files.readString(Path.of("README.md"));
        List<Class<?>> blueprints = List.of(
                AgentConfigBlueprint.class,
                AgentTlsConfigBlueprint.class,
                CheckConfigBlueprint.class,
                ConsulFeatureConfigBlueprint.class,
                ConsulKvConfigBlueprint.class,
                DiscoveryConfigBlueprint.class,
                ServiceQueryBlueprint.class,
                Class.forName("dev.rollcall.discovery.scrape.ScrapeFeatureConfigBlueprint"));

        Stream<String> keys = blueprints.stream()
                .flatMap(blueprint -> Arrays.stream(blueprint.getDeclaredMethods()))
                .map(Method::getName)
                .map(name -> name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT));

        assertThat(keys)
                .hasSizeGreaterThan(50)
                .allSatisfy(key -> assertThat(readme).contains("`" + key + "`"));
    }
}
