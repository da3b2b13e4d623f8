package dev.rollcall.launcher.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** What Prometheus says of itself and of its targets. */
final class Prometheus {

    private static final String ID = "__meta_consul_service_id";
    private static final Pattern DURATION = Pattern.compile("(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?(?:(\\d+)ms)?");

    private final Http http;
    private final URI url;

    Prometheus(Http http, URI url) {
        this.http = http;
        this.url = url;
    }

    URI url() {
        return url;
    }

    /**
     * How it scrapes.
     *
     * @param interval between two scrapes of a target
     * @param timeout for a scrape
     * @param asksConsul whether any job finds its targets in Consul
     */
    record Settings(Duration interval, Duration timeout, boolean asksConsul) {
        /** Of a Prometheus that says nothing of it. */
        static final Settings USUAL = new Settings(Duration.ofSeconds(15), Duration.ofSeconds(10), true);
    }

    Settings settings() throws NoAnswer {
        String yaml = get("/api/v1/status/config").at("/data/yaml").asText();
        try {
            Object root = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
            if (root instanceof Map<?, ?> config && config.get("global") instanceof Map<?, ?> global) {
                return new Settings(
                        duration(global.get("scrape_interval"), Settings.USUAL.interval()),
                        duration(global.get("scrape_timeout"), Settings.USUAL.timeout()),
                        yaml.contains("consul_sd_configs:"));
            }
            return Settings.USUAL;
        } catch (YAMLException e) {
            throw new NoAnswer(url + " tells a configuration that is no YAML");
        }
    }

    /** The targets that it found in Consul, with those that its relabeling dropped. */
    List<Target> targets() throws NoAnswer {
        JsonNode data = get("/api/v1/targets").path("data");
        List<Target> targets = new ArrayList<>();
        for (JsonNode active : data.path("activeTargets")) {
            if (active.path("discoveredLabels").has(ID)) {
                targets.add(new Target(
                        active.at("/labels/instance").asText(),
                        active.at("/labels/job").asText(),
                        active.path("scrapePool").asText(),
                        active.path("health").asText(),
                        Line.first(active.path("lastError").asText()),
                        time(active.path("lastScrape").asText())));
            }
        }
        for (JsonNode dropped : data.path("droppedTargets")) {
            JsonNode labels = dropped.path("discoveredLabels");
            if (labels.has(ID)) {
                targets.add(new Target(
                        labels.path(ID).asText(),
                        labels.path("__meta_consul_service").asText(),
                        "",
                        "",
                        "",
                        Instant.EPOCH));
            }
        }
        return targets;
    }

    /** The rules it has loaded. */
    List<Rule> rules() throws NoAnswer {
        List<Rule> rules = new ArrayList<>();
        for (JsonNode group : get("/api/v1/rules").at("/data/groups")) {
            for (JsonNode rule : group.path("rules")) {
                rules.add(new Rule(
                        rule.path("name").asText(),
                        rule.path("health").asText(),
                        rule.path("lastError").asText()));
            }
        }
        return rules;
    }

    /** How many of its calls to Consul failed of late. */
    double consulFailures() throws NoAnswer {
        return query("sum(increase(prometheus_sd_consul_rpc_failures_total[30s]))")
                .at("/0/value/1")
                .asDouble();
    }

    /** Names of the series that it has of an instance now. */
    Set<String> seriesOf(Subject subject) throws NoAnswer {
        Set<String> names = new TreeSet<>();
        query("count by (__name__) ({job=%s,instance=%s})".formatted(literal(subject.service()), literal(subject.id())))
                .forEach(series -> names.add(series.at("/metric/__name__").asText()));
        return names;
    }

    private static String literal(String value) {
        return "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }

    private JsonNode query(String expression) throws NoAnswer {
        return get("/api/v1/query?query=" + Http.encoded(expression)).at("/data/result");
    }

    private JsonNode get(String path) throws NoAnswer {
        return http.json(url.resolve(path));
    }

    private static Instant time(String text) {
        return text.startsWith("0001")
                ? Instant.EPOCH
                : OffsetDateTime.parse(text).toInstant();
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
