package dev.rollcall.console;

import dev.rollcall.console.LastKnown.Known;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Every instance that Consul or Prometheus knows of, with what each says of it.
 *
 * @param alerts what is pending or firing and is of no single instance
 */
record RollCall(Instant at, Source consul, Source prometheus, List<Row> rows, List<PrometheusView.Alert> alerts) {

    /** Three scrapes missed. */
    private static final Duration LATE = Duration.ofSeconds(15);

    private static final String ABSENT = "absent";
    static final String UNKNOWN = "unknown";

    RollCall {
        rows = List.copyOf(rows);
        alerts = List.copyOf(alerts);
    }

    /**
     * Whom was asked.
     *
     * @param at when it last answered; null if it never did
     * @param trouble why it does not answer now; empty if it does
     */
    record Source(@Nullable Instant at, String trouble) {
        static Source of(Known<?> known) {
            return new Source(known.at(), known.trouble());
        }
    }

    /**
     * One instance.
     *
     * @param check as in Consul, {@code absent} if not registered there, {@code unknown} if Consul never answered
     *     or can't list the instances of the service, whose name is the id then
     * @param target {@code up}, {@code late}, {@code down}, {@code unknown}, or {@code absent} if not discovered
     * @param detail what the check or the scrape says is wrong; empty if nothing is
     */
    record Row(
            String service,
            String id,
            String address,
            String version,
            String check,
            String target,
            @Nullable Instant lastScrape,
            double scrapeSeconds,
            String detail,
            List<PrometheusView.Alert> alerts) {
        Row {
            alerts = List.copyOf(alerts);
        }

        /** Registered, passing, discovered and scraped. */
        boolean isAccountedFor() {
            return check.equals("passing") && target.equals("up");
        }
    }

    /** Whether every instance is accounted for, and both sources say so now. */
    boolean isComplete() {
        return consul.trouble().isEmpty()
                && prometheus.trouble().isEmpty()
                && rows.stream().allMatch(Row::isAccountedFor);
    }

    static RollCall of(Known<List<ConsulView.Registered>> registered, Known<RollCaller.Scraped> scraped, Instant now) {
        Map<Identity, ConsulView.Registered> checks = new LinkedHashMap<>();
        registered
                .value()
                .forEach(it -> checks.merge(new Identity(it.service(), it.id()), it, ConsulView.Registered::worse));
        Map<Identity, PrometheusView.Target> targets = new LinkedHashMap<>();
        scraped.value()
                .targets()
                .forEach(it -> targets.merge(new Identity(it.job(), it.instance()), it, PrometheusView.Target::worse));
        List<PrometheusView.Alert> alerts = new ArrayList<>(scraped.value().alerts());
        List<Row> rows = new ArrayList<>();
        Stream.concat(checks.keySet().stream(), targets.keySet().stream())
                .distinct()
                .forEach(identity -> {
                    List<PrometheusView.Alert> own =
                            alerts.stream().filter(identity::isIn).toList();
                    alerts.removeAll(own);
                    rows.add(row(
                            checks.get(identity),
                            targets.get(identity),
                            registered.at() == null ? UNKNOWN : ABSENT,
                            scraped.at() == null ? UNKNOWN : ABSENT,
                            // what is late is seen against the time of the answer: it may be an old one
                            scraped.at() == null ? now : scraped.at(),
                            own));
                });
        rows.sort(Comparator.comparing(Row::service).thenComparing(Row::id));
        return new RollCall(now, Source.of(registered), Source.of(scraped), rows, alerts);
    }

    /** An id may be registered again, under another service or on another node. */
    private record Identity(String service, String id) {
        boolean isIn(PrometheusView.Alert alert) {
            return alert.instance().equals(id)
                    && (alert.job().isEmpty() || alert.job().equals(service));
        }
    }

    private static Row row(
            ConsulView.@Nullable Registered registered,
            PrometheusView.@Nullable Target target,
            String noCheck,
            String noTarget,
            Instant asked,
            List<PrometheusView.Alert> alerts) {
        String service = "";
        String id = "";
        String detail = "";
        if (target != null) {
            service = target.job();
            id = target.instance();
            detail = target.error();
        }
        if (registered != null) {
            service = registered.service();
            id = registered.id();
            detail = registered.check().equals("passing") ? detail : registered.output();
        }
        return new Row(
                service,
                id,
                registered == null ? "" : registered.address(),
                registered == null ? "" : registered.version(),
                registered == null ? noCheck : registered.check(),
                target == null ? noTarget : health(target, asked),
                target == null ? null : target.lastScrape(),
                target == null ? 0 : target.seconds(),
                detail,
                alerts);
    }

    private static String health(PrometheusView.Target target, Instant asked) {
        Instant last = target.lastScrape();
        boolean late = last != null && Duration.between(last, asked).compareTo(LATE) > 0;
        return late && target.health().equals("up") ? "late" : target.health();
    }
}
