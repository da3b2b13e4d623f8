package dev.rollcall.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class SnapshotTest {
    private static final Instance A = instance("a", 1);
    private static final Instance B = instance("b", 2);
    private static final Instance C = instance("c", 5);

    @Test
    void roundRobinGivesEachItsTurn() {
        assertThat(picks(snapshot(Balancing.ROUND_ROBIN, A, B, C), 6)).containsExactly("a", "b", "c", "a", "b", "c");
    }

    @Test
    void weightedSpreadsTurnsEvenly() {
        // as nginx's example for 5:1:1 (a a b a c a a), here for 1:2:5
        assertThat(picks(snapshot(Balancing.WEIGHTED, A, B, C), 8))
                .containsExactly("c", "b", "c", "a", "c", "c", "b", "c");
    }

    @Test
    void weightsAreTakenInRelation() {
        Instance heavy = instance("heavy", 1_000_000);
        Instance heavier = instance("heavier", 2_000_000);

        assertThat(picks(snapshot(Balancing.WEIGHTED, heavy, heavier), 3))
                .containsExactlyInAnyOrder("heavy", "heavier", "heavier");
    }

    @Test
    void sharesOfCallsAreSharesOfWeights() {
        assertShares(1_000_000, 65_535, 30_001);
        assertShares(1_000_000, 30_001, 30_002, 10_000);
        assertShares(2_000_000, 65_535, 1_000, 0, 7);
        assertShares(20_000_000, 65_535, 65_534, 1);
        assertShares(5_000_000, IntStream.rangeClosed(1, 1_000).toArray());
        assertShares(100_000, IntStream.range(0, 20_000).map(i -> 1).toArray());
    }

    @Test
    void weightZeroIsCalledOnlyIfAllHaveIt() {
        Instance none = instance("none", 0);
        for (Balancing balancing : List.of(Balancing.WEIGHTED, Balancing.LEAST_OUTSTANDING)) {
            Snapshot snapshot = snapshot(balancing, none, B);
            candidate(snapshot, 0, "b").callStarts();
            assertThat(picks(snapshot, 10)).containsOnly("b");
            candidate(snapshot, 0, "b").eject(Duration.ofMinutes(1));
            assertThat(picks(snapshot, 10)).containsOnly("b");

            assertThat(picks(snapshot(balancing, none, instance("nothing", 0)), 10))
                    .containsOnly("none", "nothing");
        }
    }

    @Test
    void leastOutstandingPrefersTheIdle() {
        Snapshot snapshot = snapshot(Balancing.LEAST_OUTSTANDING, A, B);
        candidate(snapshot, 0, "a").callStarts();

        assertThat(picks(snapshot, 4)).containsExactly("b", "b", "b", "b");
    }

    @Test
    void leastOutstandingWeighsCalls() {
        Snapshot snapshot = snapshot(Balancing.LEAST_OUTSTANDING, A, C);
        candidate(snapshot, 0, "a").callStarts();
        Candidate c = candidate(snapshot, 1, "c");
        c.callStarts();
        c.callStarts();

        // 1 call per weight 1 is a higher load than 2 calls per weight 5
        assertThat(picks(snapshot, 2)).containsExactly("c", "c");
    }

    @Test
    void keepsTheInstancesThatItHas() {
        Instance equal = instance("a", 1);

        Snapshot next = snapshot(Balancing.ROUND_ROBIN, A, B).next(List.of(equal, C), Balancing.ROUND_ROBIN);

        assertThat(next.instances()).containsExactly(equal, C);
        assertThat(next.instances().getFirst()).isSameAs(A);
    }

    @Test
    void skipsAnEjectedInstanceUntilItsTimeIsOver() {
        Snapshot snapshot = snapshot(Balancing.ROUND_ROBIN, A, B);
        candidate(snapshot, 0, "a").eject(Duration.ofMillis(200));

        assertThat(picks(snapshot, 4)).containsExactly("b", "b", "b", "b");
        assertThat(snapshot.available()).isEqualTo(1);
        await().until(() -> picks(snapshot, 2).equals(List.of("a", "b")));
    }

    @Test
    void callsAnEjectedInstanceIfAllAreEjected() {
        for (Balancing balancing : Balancing.values()) {
            Snapshot snapshot = snapshot(balancing, A);
            candidate(snapshot, 0, "a").eject(Duration.ofMinutes(1));

            assertThat(picks(snapshot, 2)).containsExactly("a", "a");
        }
    }

    @Test
    void ejectionsGetLongerUntilACallSucceeds() {
        Candidate candidate = new Candidate(A);
        assertThat(candidate.eject(Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(1));
        assertThat(candidate.eject(Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(2));
        assertThat(IntStream.range(0, 10)
                        .mapToObj(i -> candidate.eject(Duration.ofSeconds(1)))
                        .toList()
                        .getLast())
                .isEqualTo(Duration.ofSeconds(32));

        candidate.succeeded();

        assertThat(candidate.isEjected()).isFalse();
        assertThat(candidate.eject(Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void oneCallTriesEachInstanceOnceAndEjectedOnesLast() {
        Snapshot snapshot = snapshot(Balancing.WEIGHTED, A, B, C);
        candidate(snapshot, 0, "c").eject(Duration.ofMinutes(1));

        for (int turn = 0; turn < 8; turn++) {
            List<String> ids =
                    attempts(snapshot, turn).map(it -> it.instance().id()).toList();
            assertThat(ids).containsExactlyInAnyOrder("a", "b", "c").endsWith("c");
        }
    }

    @Test
    void oneCallTriesOnlyWhatSuitsIt() {
        Snapshot snapshot = snapshot(Balancing.ROUND_ROBIN, A, B, C);

        for (int turn = 0; turn < 3; turn++) {
            Attempts attempts =
                    snapshot.attempts(turn, instance -> !instance.id().equals("a"));
            assertThat(List.of(
                            attempts.next().instance().id(),
                            attempts.next().instance().id()))
                    .containsExactlyInAnyOrder("b", "c");
            assertThat(attempts.hasNext()).isFalse();
        }
    }

    @Test
    void callAmongThousandsChecksOnlyTheOneItGoesTo() {
        Instance[] thousands = IntStream.range(0, 10_000)
                .mapToObj(i -> instance(String.valueOf(i), i % 7))
                .toArray(Instance[]::new);
        for (Balancing balancing : Balancing.values()) {
            Snapshot snapshot = snapshot(balancing, thousands);
            Set<Instance> looked = new HashSet<>();
            for (int turn = 0; turn < 100; turn++) {
                snapshot.attempts(turn, instance -> {
                            looked.add(instance);
                            return true;
                        })
                        .next();
                assertThat(looked).hasSizeLessThanOrEqualTo(turn + 1);
            }
        }
    }

    @Test
    void leastOutstandingAvoidsTheBusyAmongMany() {
        Instance[] many = IntStream.range(0, 100)
                .mapToObj(i -> instance(String.valueOf(i), 1))
                .toArray(Instance[]::new);
        Snapshot snapshot = snapshot(Balancing.LEAST_OUTSTANDING, many);
        candidate(snapshot, 0, "7").callStarts();

        assertThat(picks(snapshot, 1_000)).doesNotContain("7");
    }

    @Test
    void leastOutstandingSharesByWeightWhileAllIsIdle() {
        assertThat(picks(snapshot(Balancing.LEAST_OUTSTANDING, A, B, C), 8))
                .isEqualTo(picks(snapshot(Balancing.WEIGHTED, A, B, C), 8));
    }

    @Test
    void turnsOfAnEjectedInstanceGoToAllOthers() {
        Snapshot snapshot = snapshot(Balancing.ROUND_ROBIN, A, B, C, instance("d", 1));
        candidate(snapshot, 0, "a").eject(Duration.ofMinutes(1));

        assertThat(IntStream.iterate(0, turn -> turn + 4)
                        .limit(100)
                        .mapToObj(turn -> Objects.requireNonNull(snapshot.pick(turn))
                                .instance()
                                .id()))
                .contains("b", "c", "d");
    }

    @Test
    void whatWasSeenOfAnInstanceOutlivesTheList() {
        Snapshot before = snapshot(Balancing.ROUND_ROBIN, A, B);
        candidate(before, 0, "a").eject(Duration.ofMinutes(1));

        Snapshot after = before.next(List.of(A, B, C), Balancing.ROUND_ROBIN);

        assertThat(picks(after, 4)).doesNotContain("a");
    }

    @Test
    void whatWasSeenOfAnInstanceOutlivesItsTagsMetaAndWeight() {
        for (Instance changed : List.of(
                new Instance("letters", "a", "127.0.0.1", 1, false, List.of("v2"), Map.of(), 1, Health.PASSING),
                new Instance("letters", "a", "127.0.0.1", 1, false, List.of(), Map.of("k", "v"), 1, Health.PASSING),
                instance("a", 9))) {
            Snapshot before = snapshot(Balancing.LEAST_OUTSTANDING, A, B);
            Candidate underway = candidate(before, 0, "a");
            underway.callStarts();

            Snapshot after = before.next(List.of(changed, B), Balancing.LEAST_OUTSTANDING);

            assertThat(picks(after, 4)).containsOnly("b");
            assertThat(candidate(after, 0, "a").instance()).isEqualTo(changed);
            underway.callEnds();
            assertThat(picks(after, 4)).contains("a");
            candidate(after, 0, "a").eject(Duration.ofMinutes(1));
            assertThat(underway.isEjected()).isTrue();
        }
    }

    @Test
    void anotherAddressOrPortIsAnotherInstance() {
        for (Instance moved : List.of(
                new Instance("letters", "a", "127.0.0.2", 1, false, List.of(), Map.of(), 1, Health.PASSING),
                new Instance("letters", "a", "127.0.0.1", 2, false, List.of(), Map.of(), 1, Health.PASSING))) {
            Snapshot before = snapshot(Balancing.ROUND_ROBIN, A, B);
            candidate(before, 0, "a").eject(Duration.ofMinutes(1));

            assertThat(picks(before.next(List.of(moved, B), Balancing.ROUND_ROBIN), 4))
                    .contains("a");
        }
    }

    @Test
    void emptyListHasNobodyToCall() {
        assertThat(Snapshot.EMPTY.pick(0)).isNull();
        assertThat(attempts(Snapshot.EMPTY, 0)).isEmpty();
    }

    private static void assertShares(int calls, int... weights) {
        Instance[] instances = IntStream.range(0, weights.length)
                .mapToObj(i -> instance(String.valueOf(i), weights[i]))
                .toArray(Instance[]::new);
        Snapshot snapshot = snapshot(Balancing.WEIGHTED, instances);
        int[] counts = new int[weights.length];
        for (int turn = 0; turn < calls; turn++) {
            counts[
                    Integer.parseInt(Objects.requireNonNull(snapshot.pick(turn))
                            .instance()
                            .id())]++;
        }
        double total = IntStream.of(weights).asLongStream().sum();
        for (int i = 0; i < weights.length; i++) {
            double expected = calls * (weights[i] / total);
            assertThat((double) counts[i]).as("weight " + weights[i]).isCloseTo(expected, within(expected / 100 + 2));
        }
    }

    private static Snapshot snapshot(Balancing balancing, Instance... instances) {
        return Snapshot.EMPTY.next(List.of(instances), balancing);
    }

    private static Stream<Candidate> attempts(Snapshot snapshot, int turn) {
        Iterable<Candidate> attempts = () -> snapshot.attempts(turn, instance -> true);
        return StreamSupport.stream(attempts.spliterator(), false);
    }

    private static Candidate candidate(Snapshot snapshot, int turn, String id) {
        return attempts(snapshot, turn)
                .filter(it -> it.instance().id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> picks(Snapshot snapshot, int count) {
        return IntStream.range(0, count)
                .mapToObj(snapshot::pick)
                .map(candidate -> Objects.requireNonNull(candidate).instance().id())
                .toList();
    }

    private static Instance instance(String id, int weight) {
        return new Instance("letters", id, "127.0.0.1", 1, false, List.of(), Map.of(), weight, Health.PASSING);
    }
}
