package dev.rollcall.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.consul.AgentConfig;
import dev.rollcall.discovery.kv.ConsulKvConfig;
import dev.rollcall.discovery.registration.ConsulFeatureConfig;
import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where {@code agent} and {@code discovery} come from: builder, configuration or default. */
class NestedConfigTest {
    private static final Config CONFIG = Config.just(ConfigSources.create(Map.of(
            "agent.url", "http://configured:8500",
            "agent.timeout", "PT1S",
            "discovery.query-wait", "PT7S",
            "discovery.eject-after", "9",
            "key", "a")));
    private static final AgentConfig BUILT =
            AgentConfig.builder().url(URI.create("http://built:8500")).build();

    @Test
    void comesFromTheConfigurationUnlessTheBuilderWasGivenIt() {
        ConsulFeatureConfig feature =
                ConsulFeatureConfig.builder().config(CONFIG).buildPrototype();

        assertThat(feature.agent().url()).hasToString("http://configured:8500");
        assertThat(feature.agent().timeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(feature.discovery().queryWait()).isEqualTo(Duration.ofSeconds(7));
        assertThat(ConsulFeatureConfig.builder().buildPrototype().agent()).isEqualTo(AgentConfig.create());
    }

    @Test
    void whatTheBuilderWasGivenReplacesTheConfigurationAsAWhole() {
        DiscoveryConfig lookUps =
                DiscoveryConfig.builder().queryWait(Duration.ofSeconds(3)).build();

        ConsulFeatureConfig feature = ConsulFeatureConfig.builder()
                .agent(BUILT)
                .discovery(lookUps)
                .config(CONFIG)
                .buildPrototype();

        // in any order; nothing of the configuration is mixed in
        assertThat(feature.agent()).isEqualTo(BUILT);
        assertThat(feature.discovery()).isEqualTo(lookUps);
        assertThat(DiscoveryConfig.builder().config(CONFIG).agent(BUILT).build().agent())
                .isEqualTo(BUILT);
        assertThat(ConsulKvConfig.builder()
                        .agent(BUILT)
                        .config(CONFIG)
                        .buildPrototype()
                        .agent())
                .isEqualTo(BUILT);
    }
}
