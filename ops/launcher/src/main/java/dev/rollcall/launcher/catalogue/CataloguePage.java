package dev.rollcall.launcher.catalogue;

import java.util.stream.Collectors;

/** {@code ops/METRICS.md}: the catalogue as a page, with the readers of each metric. */
public final class CataloguePage {

    private static final String HEAD = """
            # Metrics

            All metrics that our services expose. `ops/rollcall catalogue` generates this page from [metrics.yml](metrics.yml),
            the rules and the dashboards; a test fails while it is outdated.

            | metric | type, unit | labels | meaning | owner | services | read by |
            | --- | --- | --- | --- | --- | --- | --- |
            """;

    private static final String TAIL = """

            A histogram has the series `_bucket`, `_count` and `_sum`, a summary `_count` and `_sum`; Micrometer adds `_max`, the
            maximum of the last minutes. Every series also carries `job`, `instance` and `env`, which Prometheus reads from Consul.

            ## A new metric

            1. **Propose** it as an entry in [metrics.yml](metrics.yml): a name that ends with its unit (`_total` for counters,
               `_seconds`, `_bytes`), its meaning in one line, labels with a closed set of values or a pattern that bounds them
               (an outcome, never an order id), its owner, and the services that expose it.
            2. **Get it reviewed** by its owner and by the people who watch that service: how many series does it add, does
               another metric already say the same, which rule or dashboard will read it?
            3. **Register** it: declare the meter in the class that declares the service's meters, with the entry's meaning as
               its description and every outcome at 0 from the start. Then run `ops/rollcall catalogue`.

            The build fails when a service exposes a metric that is not in the catalogue, or with another type, meaning, label
            or value; when no service exposes a metric of the catalogue; when a rule or dashboard reads a metric that does not
            exist; and when `promtool check metrics` complains.
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
                                .map(label -> "`%s` = %s"
                                        .formatted(
                                                label.getKey(), label.getValue().described()))
                                .collect(Collectors.joining("; ")),
                        metric.meaning(),
                        metric.appears().map(when -> " (appears " + when + ")").orElse(""),
                        metric.owner(),
                        metric.services().isEmpty() ? "all" : String.join(", ", metric.services()),
                        readers(catalogue, metric, usage));
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
