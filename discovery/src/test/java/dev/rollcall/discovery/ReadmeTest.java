package dev.rollcall.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.consul.AgentConfig;
import dev.rollcall.discovery.consul.AgentTlsConfig;
import dev.rollcall.discovery.kv.ConsulKvConfig;
import dev.rollcall.discovery.registration.CheckConfig;
import dev.rollcall.discovery.registration.ConsulFeatureConfig;
import dev.rollcall.discovery.scrape.ScrapeFeatureConfig;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** README.md lists every configuration key. */
class ReadmeTest {
    @Test
    void everyKeyIsDocumented() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        Stream<Class<?>> configs = Stream.of(
                AgentConfig.class,
                AgentTlsConfig.class,
                CheckConfig.class,
                ConsulFeatureConfig.class,
                ConsulKvConfig.class,
                DiscoveryConfig.class,
                ServiceQuery.class,
                ScrapeFeatureConfig.class);

        Stream<String> keys = configs.map(ReadmeTest::blueprint)
                .flatMap(blueprint -> Arrays.stream(blueprint.getDeclaredMethods()))
                .map(Method::getName)
                .map(name -> name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT));

        assertThat(keys)
                .hasSizeGreaterThan(50)
                .allSatisfy(key -> assertThat(readme).contains("`" + key + "`"));
    }

    /** The keys of a configuration are the methods of its Blueprint. */
    private static Class<?> blueprint(Class<?> config) {
        return Arrays.stream(config.getInterfaces())
                .filter(type -> type.getSimpleName().endsWith("Blueprint"))
                .findFirst()
                .orElseThrow();
    }
}
