package dev.rollcall.launcher;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Predicate;
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
        return problems(row -> true);
    }

    /** The same, of some of the instances only. */
    List<String> problems(Predicate<Row> of) {
        return Stream.of(
                        blind.stream(),
                        parts.stream().filter(part -> !part.isAlive()).map(part -> part.name() + ": process gone"),
                        rows.stream()
                                .filter(of)
                                .filter(row -> !row.isAccountedFor())
                                .map(Row::complaint))
                .flatMap(Function.identity())
                .toList();
    }

    static RollCall of(List<Member> members, Evidence evidence) {
        Map<Identity, Member> expected = byIdentity(
                members.stream().filter(Member::isInstance).toList(),
                member -> new Identity(member.service(), member.name()),
                (one, other) -> one);
        Map<Identity, ConsulView.Registered> registered = byIdentity(
                evidence.registered().orElse(List.of()),
                instance -> new Identity(instance.service(), instance.id()),
                ConsulView.Registered::worse);
        Map<Identity, PrometheusView.Target> targets = byIdentity(
                evidence.targets().orElse(List.of()),
                target -> new Identity(target.job(), target.instance()),
                PrometheusView.Target::worse);
        List<Row> rows = Stream.of(expected, registered, targets)
                .flatMap(view -> view.keySet().stream())
                .distinct()
                .map(identity -> Row.of(
                        identity.id(),
                        Optional.ofNullable(expected.get(identity)),
                        Optional.ofNullable(registered.get(identity)),
                        Optional.ofNullable(targets.get(identity)),
                        evidence))
                .sorted(Comparator.comparing(Row::service))
                .toList();
        List<Member> parts =
                members.stream().filter(member -> !member.isInstance()).toList();
        return new RollCall(parts, rows, evidence.problems(), evidence.at());
    }

    /** An id may be registered again, under another service or on another node. */
    private record Identity(String service, String id) {}

    private static <T> Map<Identity, T> byIdentity(
            List<T> sightings, Function<T, Identity> identity, BinaryOperator<T> worse) {
        Map<Identity, T> all = new LinkedHashMap<>();
        sightings.forEach(sighting -> all.merge(identity.apply(sighting), sighting, worse));
        return all;
    }
}
