package dev.rollcall.launcher.doctor;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Prometheus's scrape settings.
 *
 * @param interval between two scrapes of a target
 * @param timeout of a scrape
 * @param asksConsul whether any job discovers its targets in Consul
 */
record ScrapeSettings(Duration interval, Duration timeout, boolean asksConsul) {
    /** The settings to assume while the configuration is unknown. */
    static final ScrapeSettings USUAL = new ScrapeSettings(Duration.ofSeconds(15), Duration.ofSeconds(10), true);

    private static final Pattern DURATION = Pattern.compile("(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?(?:(\\d+)ms)?");

    /**
     * Parses Prometheus's configuration.
     *
     * @throws IllegalArgumentException if it is not YAML
     */
    static ScrapeSettings of(String yaml) {
        try {
            Object root = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
            if (root instanceof Map<?, ?> config && config.get("global") instanceof Map<?, ?> global) {
                return new ScrapeSettings(
                        duration(global.get("scrape_interval"), USUAL.interval()),
                        duration(global.get("scrape_timeout"), USUAL.timeout()),
                        yaml.contains("consul_sd_configs:"));
            }
            return USUAL;
        } catch (YAMLException e) {
            throw new IllegalArgumentException("Prometheus answers a configuration that is not YAML", e);
        }
    }

    private static Duration duration(@Nullable Object value, Duration otherwise) {
        var matcher = DURATION.matcher(String.valueOf(value));
        return matcher.matches()
                ? Duration.ofHours(number(matcher.group(1)))
                        .plusMinutes(number(matcher.group(2)))
                        .plusSeconds(number(matcher.group(3)))
                        .plusMillis(number(matcher.group(4)))
                : otherwise;
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
