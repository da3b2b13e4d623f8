package dev.rollcall.launcher;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The account of every instance: what should run beside what Consul and Prometheus say of it. An instance that the
 * launcher did not start but that registered itself has a row too.
 *
 * @param parts the processes that don't register: Consul itself, Prometheus, Alertmanager, the store, the trickle
 *     of orders
 * @param rows one an instance
 * @param blind what could not be asked, and so is not known of any instance
 */
record RollCall(List<Member> parts, List<Row> rows, List<String> blind, Instant at) {

    RollCall {
        parts = List.copyOf(parts);
        rows = List.copyOf(rows);
        blind = List.copyOf(blind);
    }

    boolean isComplete() {
        return problems().isEmpty();
    }

    /** Everything that keeps the roll call from being complete, each with its name in front. */
    List<String> problems() {
        return Stream.of(
                        blind.stream(),
                        parts.stream().filter(part -> !part.isAlive()).map(part -> part.name() + ": process gone"),
                        rows.stream().filter(row -> !row.isAccountedFor()).map(Row::complaint))
                .flatMap(Function.identity())
                .toList();
    }

    static RollCall of(List<Member> members, Evidence evidence) {
        Map<String, Member> expected =
                byId(members.stream().filter(Member::isInstance).toList(), Member::name);
        Map<String, ConsulView.Registered> registered =
                byId(evidence.registered().orElse(List.of()), ConsulView.Registered::id);
        Map<String, PrometheusView.Target> targets =
                byId(evidence.targets().orElse(List.of()), PrometheusView.Target::instance);
        List<Row> rows = Stream.of(expected, registered, targets)
                .flatMap(view -> view.keySet().stream())
                .distinct()
                .map(id -> Row.of(
                        id,
                        Optional.ofNullable(expected.get(id)),
                        Optional.ofNullable(registered.get(id)),
                        Optional.ofNullable(targets.get(id)),
                        evidence))
                .sorted(Comparator.comparing(Row::service))
                .toList();
        List<Member> parts =
                members.stream().filter(member -> !member.isInstance()).toList();
        return new RollCall(parts, rows, evidence.problems(), evidence.at());
    }

    private static <T> Map<String, T> byId(List<T> sightings, Function<T, String> id) {
        Map<String, T> byId = new LinkedHashMap<>();
        sightings.forEach(sighting -> byId.put(id.apply(sighting), sighting));
        return byId;
    }
}
