package dev.rollcall.launcher.catalogue;

import java.util.List;
import java.util.stream.Collectors;

/** {@code ops/METRICS.md}: the catalogue for people, with who reads what. */
public final class CataloguePage {

    private static final String HEAD = """
            # Metrics

            Every metric that a service of ours exposes. This page is written by `ops/rollcall catalogue` from
            [metrics.yml](metrics.yml), the rules and the dashboards; a test fails while it is not up to date.

            | metric | type, unit | labels | meaning | owner | services | read by |
            | --- | --- | --- | --- | --- | --- | --- |
            """;

    private static final String TAIL = """

            Histograms and summaries have `_bucket` or none, `_count` and `_sum`, and from Micrometer `_max`, the largest value
            of the last minutes. Every series also carries `job`, `instance` and `env`, which Prometheus takes from Consul.

            ## A new metric

            1. **Propose** it as an entry in [metrics.yml](metrics.yml): a name with its unit in it (`_total` for what counts up,
               `_seconds`, `_bytes`), what it means in one line, labels whose values are a closed set or are bounded by a pattern
               (an outcome, never an order's id), who owns it, who exposes it.
            2. **Have it reviewed** by its owner and by whoever reads metrics of that service: would two series too many be
               noticed, does another metric say it already, which rule or dashboard will read it?
            3. **Register** it: declare the meter where its service declares all of its meters, with the entry's meaning as its
               description and every outcome at 0 from the start, then run `ops/rollcall catalogue`.

            The build fails when a service exposes what is not in the catalogue, or under another type, meaning, label or value;
            when the catalogue has what nobody exposes; when rules or dashboards read what neither a service nor the monitoring
            itself has; and when `promtool check metrics` has something to say.
            """;

    private CataloguePage() {}

    /** The page as Markdown. */
    public static String of(Catalogue catalogue, Usage usage) {
        return HEAD
                + catalogue.metrics().stream()
                        .map(metric -> row(catalogue, metric, usage))
                        .collect(Collectors.joining())
                + TAIL;
    }

    private static String row(Catalogue catalogue, Metric metric, Usage usage) {
        return "| `%s` | %s, %s | %s | %s%s | %s | %s | %s |\n"
                .formatted(
                        metric.name(),
                        metric.type(),
                        metric.unit(),
                        metric.labels().entrySet().stream()
                                .map(label -> "`%s` = %s".formatted(label.getKey(), words(label.getValue())))
                                .collect(Collectors.joining("; ")),
                        metric.meaning(),
                        metric.appears().map(when -> " (appears " + when + ")").orElse(""),
                        metric.owner(),
                        metric.services().isEmpty() ? "all" : String.join(", ", metric.services()),
                        readers(catalogue, metric, usage));
    }

    private static String words(AllowedValues allowed) {
        return switch (allowed) {
            case AllowedValues.Listed(List<String> values) -> String.join(", ", values);
            case AllowedValues.Matching matching -> matching.described();
        };
    }

    private static String readers(Catalogue catalogue, Metric metric, Usage usage) {
        return usage
                .of(series -> catalogue.ofSeries(series).filter(metric::equals).isPresent())
                .stream()
                .map(reading -> switch (reading.kind()) {
                    case RULE -> "`" + reading.reader() + "`";
                    case DASHBOARD -> reading.reader();
                })
                .distinct()
                .collect(Collectors.joining(", "));
    }
}
