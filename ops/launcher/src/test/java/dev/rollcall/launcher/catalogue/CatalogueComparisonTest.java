package dev.rollcall.launcher.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CatalogueComparisonTest {

    private static final String GOOD = """
            # HELP orders_total Orders
            # TYPE orders_total counter
            orders_total{result="good"} 1
            # HELP wait_seconds Wait
            # TYPE wait_seconds histogram
            wait_seconds_bucket{path="/a",le="+Inf"} 1
            wait_seconds_count{path="/a"} 1
            wait_seconds_sum{path="/a"} 1
            # HELP wait_seconds_max Wait
            # TYPE wait_seconds_max gauge
            wait_seconds_max{path="/a"} 1
            """;

    private final Catalogue catalogue = new Catalogue(List.of(
            new Metric(
                    "orders_total",
                    "counter",
                    "orders",
                    "Orders",
                    Map.of("result", AllowedValues.of(List.of("good", "bad"))),
                    "orders",
                    List.of("shop"),
                    Optional.empty()),
            new Metric(
                    "wait_seconds",
                    "histogram",
                    "seconds",
                    "Wait",
                    Map.of("path", AllowedValues.matching(Pattern.compile("/[a-z]+"), "a path")),
                    "platform",
                    List.of(),
                    Optional.of("with the first request"))));

    @Test
    void hasNothingToSayWhereBothAgree() throws Exception {
        assertThat(audit(GOOD)).isEmpty();
    }

    @Test
    void complainsOfWhatIsNotInTheCatalogue() throws Exception {
        assertThat(audit(GOOD + "more 1\n")).containsExactly("shop exposes more, which is not in the catalogue for it");
    }

    @Test
    void complainsOfAnotherTypeOrMeaning() throws Exception {
        assertThat(audit(GOOD.replace("orders_total counter", "orders_total gauge")))
                .containsExactly("orders_total of shop is a gauge (catalogue: counter)");
        assertThat(audit(GOOD.replace("HELP wait_seconds Wait", "HELP wait_seconds Weight")))
                .containsExactly("wait_seconds of shop means 'Weight' (catalogue: 'Wait')");
    }

    @Test
    void complainsOfAnotherLabelOrValue() throws Exception {
        assertThat(audit(GOOD.replace("result=", "outcome=")))
                .containsExactly("orders_total of shop has the labels [outcome] (catalogue: [result])");
        assertThat(audit(GOOD.replace("good", "ugly")))
                .containsExactly("orders_total{result=\"ugly\"} of shop is not a listed value");
        assertThat(audit(GOOD.replace("wait_seconds_max{path=\"/a\"", "wait_seconds_max{path=\"/4711\"")))
                .containsExactly("wait_seconds_max{path=\"/4711\"} of shop is not a listed value");
    }

    @Test
    void complainsOfWhatNobodyExposes() throws Exception {
        assertThat(audit(GOOD.lines()
                        .filter(line -> line.contains("orders_total"))
                        .reduce("", (a, b) -> a + b + "\n")))
                .containsExactly("wait_seconds is in the catalogue, and nobody exposes it");
    }

    @Test
    void complainsOfAnInstanceThatDoesNotExposeWhatItShouldFromTheStart() throws Exception {
        assertThat(CatalogueComparison.of(
                        catalogue, Map.of("shop", List.of(Exposition.parse(GOOD), Exposition.parse("")))))
                .containsExactly("shop does not expose orders_total");
    }

    @Test
    void complainsOfAServiceThatDoesNotRunAndOfOneThatHasWhatIsNotItsOwn() throws Exception {
        assertThat(CatalogueComparison.of(catalogue, Map.of("office", List.of(Exposition.parse(GOOD)))))
                .containsExactly(
                        "office exposes orders_total, which is not in the catalogue for it",
                        "orders_total is said to be of shop, which does not run");
    }

    private List<String> audit(String exposition) throws Exception {
        return CatalogueComparison.of(catalogue, Map.of("shop", List.of(Exposition.parse(exposition))));
    }
}
