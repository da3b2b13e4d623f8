package dev.rollcall.rollcall;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RollCallTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final String ID = "coupon-service-127.0.0.1-8082";

    private final Part alive = new Part(ID, "coupon-service", "127.0.0.1:8082", 42, true);
    private final Part gone = new Part(ID, "coupon-service", "127.0.0.1:8082", 42, false);
    private final ServiceEntry passing = entry("passing", "200 OK");
    private final Target up = target("up", "", NOW.minusSeconds(2));

    @Test
    void isCompleteWhenEveryViewHasTheInstance() {
        RollCall call = call(alive, List.of(passing), List.of(up), Map.of(ID, 3.0));

        assertThat(call.problems()).isEmpty();
        assertThat(call.isComplete()).isTrue();
        assertThat(call.instances()).singleElement().satisfies(instance -> {
            assertThat(instance.process()).isEqualTo(InstanceStatus.ProcessState.RUNNING);
            assertThat(instance.business()).contains(new InstanceStatus.Business("redemptions", 3, 0));
        });
    }

    @Test
    void missesAnInstanceThatIsNotRegistered() {
        assertThat(call(alive, List.of(), List.of(), Map.of()).problems())
                .containsExactly(ID + ": not registered in Consul; not discovered by Prometheus");
    }

    @Test
    void missesAnInstanceThatWasNotScrapedYet() {
        assertThat(call(alive, List.of(passing), List.of(target("unknown", "", null)), Map.of())
                        .problems())
                .containsExactly(ID + ": not scraped yet");
    }

    @Test
    void missesBusinessSamples() {
        RollCall call = call(alive, List.of(passing), List.of(up), Map.of());

        assertThat(call.problems()).containsExactly(ID + ": no business samples yet");
        assertThat(call.instances()).extracting(InstanceStatus::detail).containsExactly("no business samples yet");
    }

    @Test
    void missesAKilledInstanceWhateverConsulStillSays() {
        assertThat(call(gone, List.of(passing), List.of(up), Map.of(ID, 3.0)).problems())
                .containsExactly(ID + ": process gone, killed or crashed (ops/rollcall up starts it again)");
    }

    @Test
    void tellsWhatTheCheckAndTheScrapeSay() {
        assertThat(call(alive, List.of(entry("critical", "503")), List.of(target("down", "refused", NOW)), Map.of())
                        .problems())
                .containsExactly(ID + ": check critical: 503; scrape failed: refused");
    }

    @Test
    void callsAScrapeLateAfterThreeMissed() {
        RollCall call = call(alive, List.of(passing), List.of(target("up", "", NOW.minusSeconds(40))), Map.of(ID, 3.0));

        assertThat(call.problems()).containsExactly(ID + ": last scrape 40 s ago");
        assertThat(call.instances()).extracting(InstanceStatus::target).containsExactly(TargetState.LATE);
        assertThat(call(alive, List.of(passing), List.of(target("up", "", NOW.minusSeconds(16))), Map.of(ID, 3.0))
                        .instances())
                .extracting(InstanceStatus::target)
                .containsExactly(TargetState.LATE);
    }

    @Test
    void judgesAnOldAnswerByTheTimeItIsFrom() {
        Instant then = NOW.minusSeconds(600);
        RollCall call = RollCall.of(
                List.of(),
                now(new Registry(List.of(passing), Map.of())),
                new Scrapes(
                        new Reading<>(
                                List.of(target("up", "", then.minusSeconds(3))), then, "Prometheus: does not answer"),
                        new Reading<>(List.of(), then, ""),
                        new Reading<>(new BusinessCounts(Map.of(ID, 3.0), Map.of()), then, "")),
                NOW);

        assertThat(call.instances()).extracting(InstanceStatus::target).containsExactly(TargetState.UP);
        assertThat(call.isComplete()).isFalse();
    }

    @Test
    void doesNotExpectATargetOfAnInstanceInMaintenance() {
        ServiceEntry drained = entry(new ServiceEntry.Check("_service_maintenance:1", "", "critical", "moving house"));

        assertThat(call(alive, List.of(drained), List.of(), Map.of()).problems())
                .containsExactly(ID + ": check maintenance: moving house");
    }

    @Test
    void accountsForInstancesThatItDidNotStart() {
        RollCall call = RollCall.of(
                List.of(), now(new Registry(List.of(gin("passing")), Map.of())), scrapes(List.of(), Map.of()), NOW);

        assertThat(call.instances()).singleElement().satisfies(instance -> {
            assertThat(instance.process()).isEqualTo(InstanceStatus.ProcessState.FOREIGN);
            assertThat(instance.problems()).containsExactly("not discovered by Prometheus");
        });
    }

    @Test
    void reportsInstancesThatOnlyOneSideKnows() {
        RollCall call = RollCall.of(
                List.of(),
                now(new Registry(List.of(gin("passing")), Map.of())),
                scrapes(List.of(new Target("gin", "gin-2", "consul", "up", "", NOW, Duration.ZERO)), Map.of()),
                NOW);

        assertThat(call.instances())
                .extracting(InstanceStatus::check)
                .containsExactly(CheckState.PASSING, CheckState.ABSENT);
        assertThat(call.instances())
                .extracting(InstanceStatus::target)
                .containsExactly(TargetState.ABSENT, TargetState.UP);
        assertThat(call.isComplete()).isFalse();
    }

    @Test
    void saysWhyTheInstancesOfAServiceAreNotKnown() {
        RollCall call = RollCall.of(
                List.of(),
                now(new Registry(List.of(), Map.of("/odd", Registry.Unlisted.refused(400)))),
                scrapes(List.of(), Map.of()),
                NOW);

        assertThat(call.problems())
                .containsExactly(
                        "/odd: Consul answers 400 when asked for the instances of this name; register it under another one,"
                                + " of letters, digits and dashes");
        assertThat(call.instances()).extracting(InstanceStatus::check).containsExactly(CheckState.UNKNOWN);
    }

    @Test
    void blamesConsulAndNotTheInstancesWhenConsulIsAway() {
        RollCall call = RollCall.of(
                List.of(alive),
                new Reading<>(Registry.EMPTY, null, "Consul: nothing listens at http://127.0.0.1:8500"),
                scrapes(List.of(up), Map.of(ID, 3.0)),
                NOW);

        assertThat(call.problems()).containsExactly("Consul: nothing listens at http://127.0.0.1:8500");
        assertThat(call.instances()).extracting(InstanceStatus::check).containsExactly(CheckState.UNKNOWN);
        assertThat(call.instances()).noneMatch(InstanceStatus::isAccountedFor);
    }

    @Test
    void missesAPartWhoseProcessIsGone() {
        RollCall call = RollCall.of(
                List.of(alive, new Part("store", "", "127.0.0.1:9092", 43, false)),
                now(new Registry(List.of(passing), Map.of())),
                scrapes(List.of(up), Map.of(ID, 0.0)),
                NOW);

        assertThat(call.problems()).containsExactly("store: process gone");
        assertThat(call.isComplete()).isFalse();
    }

    @Test
    void givesAnAlertToTheInstanceThatItIsAbout() {
        Alert down = alert(Map.of("alertname", "TargetDown", "job", "coupon-service", "instance", ID));
        Alert stalled = alert(Map.of("alertname", "OrdersStalled", "job", "order-service"));
        RollCall call = RollCall.of(
                List.of(),
                now(new Registry(List.of(passing), Map.of())),
                new Scrapes(now(List.of(up)), now(List.of(down, stalled)), now(BusinessCounts.NONE)),
                NOW);

        assertThat(call.instances())
                .singleElement()
                .satisfies(instance -> assertThat(instance.alerts()).containsExactly(down));
        assertThat(call.alerts()).containsExactly(stalled);
    }

    private static RollCall call(
            Part part, List<ServiceEntry> entries, List<Target> targets, Map<String, Double> totals) {
        return RollCall.of(List.of(part), now(new Registry(entries, Map.of())), scrapes(targets, totals), NOW);
    }

    private static <T> Reading<T> now(T value) {
        return new Reading<>(value, NOW, "");
    }

    private static Scrapes scrapes(List<Target> targets, Map<String, Double> totals) {
        return new Scrapes(now(targets), now(List.of()), now(new BusinessCounts(totals, Map.of())));
    }

    private static Alert alert(Map<String, String> labels) {
        return new Alert(labels, Map.of(), true, NOW);
    }

    private static ServiceEntry entry(String status, String output) {
        return entry(new ServiceEntry.Check("service:1", "", status, output));
    }

    private static ServiceEntry entry(ServiceEntry.Check check) {
        return new ServiceEntry(
                "coupon-service", ID, "", "127.0.0.1", 8082, List.of("metrics"), Map.of(), List.of(check));
    }

    private static ServiceEntry gin(String status) {
        return new ServiceEntry(
                "gin",
                "gin-1",
                "",
                "127.0.0.1",
                8083,
                List.of("metrics"),
                Map.of(),
                List.of(new ServiceEntry.Check("service:1", "", status, "")));
    }

    private static Target target(String health, String error, @Nullable Instant lastScrape) {
        return new Target("coupon-service", ID, "consul", health, error, lastScrape, Duration.ofMillis(4));
    }
}
