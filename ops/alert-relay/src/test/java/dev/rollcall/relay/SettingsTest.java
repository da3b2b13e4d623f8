package dev.rollcall.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SettingsTest {
    @Test
    void robotsAreInTheOrderOfTheirNumbers() {
        List<String> names =
                IntStream.range(0, 12).mapToObj(index -> "robot-" + index).toList();
        Map<String, String> keys = new HashMap<>();
        IntStream.range(0, 12).forEach(index -> keys.put("dingtalk.robots." + index + ".name", names.get(index)));

        Settings settings =
                Settings.of(Config.just(ConfigSources.create(keys), ConfigSources.classpath("application.yaml")));

        assertThat(settings.dingtalk().robots()).extracting(RobotSettings::name).isEqualTo(names);
    }
}
