package dev.rollcall.launcher.audit;

import dev.rollcall.discovery.http.BoundedHttpClient;
import dev.rollcall.launcher.catalogue.Exposition;
import dev.rollcall.launcher.parts.Databases;
import dev.rollcall.launcher.platform.Addresses;
import dev.rollcall.launcher.platform.CommandFailure;
import dev.rollcall.launcher.platform.Pause;
import dev.rollcall.launcher.platform.Service;
import dev.rollcall.launcher.platform.Tokens;
import dev.rollcall.rollcall.ConsulReader;
import dev.rollcall.rollcall.HttpApi;
import dev.rollcall.rollcall.Line;
import dev.rollcall.rollcall.NoAnswer;
import dev.rollcall.rollcall.PrometheusReader;
import dev.rollcall.rollcall.ServiceEntry;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Compares orders with redemptions, and counters with what instances wrote, while traffic runs. Reads the stores before
 * and after the counters: a problem found only once was in flight, and a counter must lie between what was written a
 * while before the first read and everything in the second.
 */
public final class Audit implements AutoCloseable {
    private static final int MOST_ROUNDS = 4;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Databases databases;
    private final Path metricsToken;
    private final BoundedHttpClient client = HttpApi.client();
    private final ConsulReader consul;
    private final PrometheusReader prometheus;

    /**
     * The result of an audit.
     *
     * @param passedOver registered instances whose counters are unreadable, each with the reason
     * @param exact whether nothing was in flight, so that counters were compared exactly
     */
    public record Result(
            Findings findings, long orders, long redemptions, int processes, List<String> passedOver, boolean exact) {}

    public Audit(Addresses addresses, Databases databases) {
        this.databases = databases;
        this.metricsToken = addresses.metricsToken();
        this.consul = new ConsulReader(new HttpApi(client, addresses.consul()));
        this.prometheus = new PrometheusReader(new HttpApi(client, addresses.prometheus()));
    }

    /** Audits until the result is clean, at most a few rounds. */
    public Result run() {
        Result result = round();
        for (int round = 1; round < MOST_ROUNDS && !result.findings().isClean(); round++) {
            Pause.of(PAUSE);
            result = round();
        }
        return result;
    }

    @Override
    public void close() {
        client.close();
    }

    private Result round() {
        try (Connection orders = databases.open(Service.ORDER);
                Connection coupons = databases.open(Service.COUPON)) {
            StoreAudit before =
                    StoreAudit.read(orders, coupons, Clock.systemUTC().instant());
            List<String> passedOver = new ArrayList<>();
            Map<Ledger.Writer, Counters> living = living(passedOver);
            StoreAudit after =
                    StoreAudit.read(orders, coupons, Clock.systemUTC().instant());
            Findings findings = after.findings();
            findings.retain(before.findings());
            boolean exact = compare(living, before.ledger(), after.ledger(), findings);
            Collection<Ledger.Writer> ended =
                    new TreeSet<>(after.ledger().written().keySet());
            ended.removeAll(living.keySet());
            for (Ledger.Writer process : ended) {
                cover(process, after.ledger(), findings);
            }
            return new Result(
                    findings,
                    after.orders(),
                    after.redemptions(),
                    living.size() + ended.size(),
                    List.copyOf(passedOver),
                    exact);
        } catch (SQLException e) {
            throw new CommandFailure(
                    "cannot read the store: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                    e);
        } catch (NoAnswer e) {
            throw new CommandFailure("cannot read the counters: " + e.getMessage(), e);
        }
    }

    /**
     * The counters of running instances. Unreadable ones are reported, because anyone may register under the name of
     * our services.
     */
    private Map<Ledger.Writer, Counters> living(List<String> passedOver) throws NoAnswer {
        Map<Ledger.Writer, Counters> living = new TreeMap<>();
        for (Service service : List.of(Service.ORDER, Service.COUPON)) {
            for (ServiceEntry instance : consul.entries(service.serviceName())) {
                try {
                    Optional<String> exposition = exposition(instance);
                    if (exposition.isPresent()) {
                        Counters.of(Exposition.parse(exposition.get()))
                                .ifPresent(counters -> living.put(
                                        new Ledger.Writer(service.serviceName(), counters.start()), counters));
                    }
                } catch (Exposition.Malformed | IllegalArgumentException e) {
                    passedOver.add(Line.first(instance.id() + ": " + e.getMessage()));
                }
            }
        }
        return living;
    }

    /** Empty if the instance does not answer: then Prometheus has its last counters. */
    private Optional<String> exposition(ServiceEntry instance) {
        Optional<String> token = instance.wantsToken() ? Optional.of(Tokens.in(metricsToken)) : Optional.empty();
        URI metrics = instance.scrapeUri();
        try {
            HttpApi api = new HttpApi(client, metrics);
            return Optional.of(token.map(api::withToken).orElse(api).text(metrics.toString()));
        } catch (NoAnswer e) {
            return Optional.empty();
        }
    }

    private static boolean compare(
            Map<Ledger.Writer, Counters> living, Ledger before, Ledger after, Findings findings) {
        boolean exact = true;
        for (Map.Entry<Ledger.Writer, Counters> instance : living.entrySet()) {
            Ledger.Writer process = instance.getKey();
            Collection<String> series =
                    new ArrayList<>(instance.getValue().values().keySet());
            series.addAll(after.written().getOrDefault(process, Map.of()).keySet());
            for (String name : new TreeSet<>(series)) {
                long counted = instance.getValue().values().getOrDefault(name, 0L);
                long least = before.sum(process, name).old();
                long most = after.sum(process, name).all();
                exact &= before.sum(process, name).all() == most && counted == most;
                findings.check(
                        Invariant.COUNTED,
                        counted >= least && counted <= most,
                        process.service() + " started at " + process.start(),
                        "%s counts %d, the store has %d".formatted(name, counted, most));
            }
        }
        return exact;
    }

    /** The last sample of a process's counter in Prometheus; empty if there is none. */
    private Optional<Double> last(Ledger.Writer process, String series) throws NoAnswer {
        String sample = series.replace("}", ",job=\"%s\"}".formatted(process.service()));
        // milliseconds are exact in the exposition but not as a double
        String writer = "abs(process_start_time_seconds{job=\"%s\"} - %s) < 0.0006"
                .formatted(
                        process.service(),
                        BigDecimal.valueOf(process.start(), 3).toPlainString());
        long seconds = Math.max(60, (System.currentTimeMillis() - process.start()) / 1_000);
        String query = "max(max_over_time((%s and on (instance) %s)[%ds:5s]))".formatted(sample, writer, seconds);
        return prometheus.query(query).stream()
                .map(PrometheusReader.Sample::value)
                .findFirst();
    }

    private void cover(Ledger.Writer process, Ledger ledger, Findings findings) throws NoAnswer {
        for (Map.Entry<String, Ledger.Sum> written :
                ledger.written().getOrDefault(process, Map.of()).entrySet()) {
            Optional<Double> last = last(process, written.getKey());
            if (last.isPresent()) {
                long counted = Counters.whole(written.getKey(), last.get());
                findings.check(
                        Invariant.COVERED,
                        counted <= written.getValue().all(),
                        process.service() + " started at " + process.start(),
                        "%s had counted %d, the store has %d"
                                .formatted(
                                        written.getKey(),
                                        counted,
                                        written.getValue().all()));
            }
        }
    }
}
