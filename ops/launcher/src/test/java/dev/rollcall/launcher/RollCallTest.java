package dev.rollcall.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RollCallTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Pid ALIVE = Pid.of(ProcessHandle.current().pid());
    private static final Pid GONE = new Pid(ALIVE.pid(), 1);
    private static final String ID = "coupon-service-127.0.0.1-8082";

    private final ConsulView.Registered passing = new ConsulView.Registered("coupon-service", ID, "passing", "200 OK");
    private final PrometheusView.Target up = target("up", "", NOW.minusSeconds(2));

    @Test
    void isCompleteWhenEveryViewHasTheInstance() {
        RollCall call = call(ALIVE, List.of(passing), List.of(up), Map.of(ID, 3.0));

        assertThat(call.problems()).isEmpty();
        assertThat(call.isComplete()).isTrue();
        assertThat(call.rows()).singleElement().satisfies(row -> {
            assertThat(row.process()).isEqualTo("running");
            assertThat(row.business()).contains(new Row.Business("redemptions", 3, 0));
        });
    }

    @Test
    void missesAnInstanceThatIsNotRegistered() {
        assertThat(call(ALIVE, List.of(), List.of(), Map.of()).problems())
                .containsExactly(ID + ": not registered in Consul; not discovered by Prometheus");
    }

    @Test
    void missesAnInstanceThatWasNotScrapedYet() {
        assertThat(call(ALIVE, List.of(passing), List.of(target("unknown", "", Instant.EPOCH)), Map.of())
                        .problems())
                .containsExactly(ID + ": not scraped yet");
    }

    @Test
    void missesBusinessSamples() {
        assertThat(call(ALIVE, List.of(passing), List.of(up), Map.of()).problems())
                .containsExactly(ID + ": no business samples yet");
    }

    @Test
    void missesAKilledInstanceWhateverConsulStillSays() {
        assertThat(call(GONE, List.of(passing), List.of(up), Map.of(ID, 3.0)).problems())
                .containsExactly(ID + ": process gone, killed or crashed (ops/rollcall up starts it again)");
    }

    @Test
    void tellsWhatTheCheckAndTheScrapeSay() {
        ConsulView.Registered critical = new ConsulView.Registered("coupon-service", ID, "critical", "503");

        assertThat(call(ALIVE, List.of(critical), List.of(target("down", "refused", NOW)), Map.of())
                        .problems())
                .containsExactly(ID + ": check critical: 503; scrape failed: refused");
    }

    @Test
    void noticesThatScrapesHaveStopped() {
        assertThat(call(ALIVE, List.of(passing), List.of(target("up", "", NOW.minusSeconds(40))), Map.of(ID, 3.0))
                        .problems())
                .containsExactly(ID + ": last scrape 40 s ago");
    }

    @Test
    void doesNotExpectATargetOfAnInstanceInMaintenance() {
        ConsulView.Registered drained = new ConsulView.Registered("coupon-service", ID, "maintenance", "moving house");

        assertThat(call(ALIVE, List.of(drained), List.of(), Map.of()).problems())
                .containsExactly(ID + ": check maintenance: moving house");
    }

    @Test
    void accountsForInstancesThatItDidNotStart() {
        RollCall call = RollCall.of(
                List.of(),
                evidence(
                        Optional.of(List.of(new ConsulView.Registered("gin", "gin-1", "passing", ""))),
                        Optional.of(List.of()),
                        Map.of()));

        assertThat(call.rows()).singleElement().satisfies(row -> {
            assertThat(row.process()).isEqualTo("foreign");
            assertThat(row.problems()).containsExactly("not discovered by Prometheus");
        });
    }

    @Test
    void blamesConsulAndNotTheInstancesWhenConsulIsAway() {
        Evidence blind = new Evidence(
                Optional.empty(),
                Optional.of(List.of(up)),
                Map.of(ID, 3.0),
                Map.of(),
                List.of("Consul: http://127.0.0.1:8500 does not answer"),
                NOW);

        RollCall call = RollCall.of(members(ALIVE), blind);

        assertThat(call.problems()).containsExactly("Consul: http://127.0.0.1:8500 does not answer");
        assertThat(call.rows()).extracting(Row::check).containsExactly("?");
    }

    @Test
    void missesAPartWhoseProcessIsGone() {
        List<Member> members = List.of(members(ALIVE).getFirst(), new Running("store", "", 9092, GONE).member());

        assertThat(RollCall.of(
                                members,
                                evidence(Optional.of(List.of(passing)), Optional.of(List.of(up)), Map.of(ID, 0.0)))
                        .problems())
                .containsExactly("store: process gone");
    }

    private static RollCall call(
            Pid process,
            List<ConsulView.Registered> registered,
            List<PrometheusView.Target> targets,
            Map<String, Double> totals) {
        return RollCall.of(members(process), evidence(Optional.of(registered), Optional.of(targets), totals));
    }

    private static List<Member> members(Pid process) {
        return List.of(new Running(ID, "coupon-service", 8082, process).member());
    }

    private static Evidence evidence(
            Optional<List<ConsulView.Registered>> registered,
            Optional<List<PrometheusView.Target>> targets,
            Map<String, Double> totals) {
        return new Evidence(registered, targets, totals, Map.of(), List.of(), NOW);
    }

    private static PrometheusView.Target target(String health, String error, Instant lastScrape) {
        return new PrometheusView.Target("coupon-service", ID, health, error, lastScrape);
    }
}
