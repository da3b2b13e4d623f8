package dev.rollcall.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
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
        // nginx's own example for 5:1:1 is a a b a c a a; here 1:2:5
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

        // 1 call in 1 is more than 2 calls in 5
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
    void passesByWhatIsSetAsideAndLetsItBackIn() {
        Snapshot snapshot = snapshot(Balancing.ROUND_ROBIN, A, B);
        candidate(snapshot, 0, "a").setAside(Duration.ofMillis(200));

        assertThat(picks(snapshot, 4)).containsExactly("b", "b", "b", "b");
        assertThat(snapshot.available()).isEqualTo(1);
        await().until(() -> picks(snapshot, 2).equals(List.of("a", "b")));
    }

    @Test
    void callsSomebodyEvenIfAllAreSetAside() {
        for (Balancing balancing : Balancing.values()) {
            Snapshot snapshot = snapshot(balancing, A);
            candidate(snapshot, 0, "a").setAside(Duration.ofMinutes(1));

            assertThat(picks(snapshot, 2)).containsExactly("a", "a");
        }
    }

    @Test
    void staysAsideLongerEachTimeAndIsForgivenBySuccess() {
        Candidate candidate = new Candidate(A);
        assertThat(candidate.setAside(Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(1));
        assertThat(candidate.setAside(Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(2));
        assertThat(IntStream.range(0, 10)
                        .mapToObj(i -> candidate.setAside(Duration.ofSeconds(1)))
                        .toList()
                        .getLast())
                .isEqualTo(Duration.ofSeconds(32));

        candidate.succeeded();

        assertThat(candidate.isAside()).isFalse();
        assertThat(candidate.setAside(Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void oneCallTriesEachOnceAndThoseSetAsideLast() {
        Snapshot snapshot = snapshot(Balancing.WEIGHTED, A, B, C);
        candidate(snapshot, 0, "c").setAside(Duration.ofMinutes(1));

        for (int turn = 0; turn < 8; turn++) {
            List<String> ids = snapshot.attempts(turn).stream()
                    .map(it -> it.instance().id())
                    .toList();
            assertThat(ids).containsExactlyInAnyOrder("a", "b", "c").endsWith("c");
        }
    }

    @Test
    void whatWasSeenOfAnInstanceOutlivesTheList() {
        Snapshot before = snapshot(Balancing.ROUND_ROBIN, A, B);
        candidate(before, 0, "a").setAside(Duration.ofMinutes(1));

        Snapshot after = before.next(List.of(A, B, C), Balancing.ROUND_ROBIN);

        assertThat(picks(after, 4)).doesNotContain("a");
    }

    @Test
    void emptyListHasNobodyToCall() {
        assertThat(Snapshot.EMPTY.pick(0)).isNull();
        assertThat(Snapshot.EMPTY.attempts(0)).isEmpty();
    }

    private static Snapshot snapshot(Balancing balancing, Instance... instances) {
        return Snapshot.EMPTY.next(List.of(instances), balancing);
    }

    private static Candidate candidate(Snapshot snapshot, int turn, String id) {
        return snapshot.attempts(turn).stream()
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
