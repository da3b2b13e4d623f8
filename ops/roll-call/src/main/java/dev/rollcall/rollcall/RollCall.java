package dev.rollcall.rollcall;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The roll call: compares the parts that should run with Consul's registrations and Prometheus's targets. It includes
 * instances that registered without being started here.
 *
 * @param parts the parts that don't register: Consul itself, Prometheus, Alertmanager, the store, …
 * @param instances one for each instance that should run, is registered or is a target, by service
 * @param alerts pending and firing alerts that are not about a single instance
 */
public record RollCall(
        Instant at,
        Source consul,
        Source prometheus,
        List<Part> parts,
        List<InstanceStatus> instances,
        List<Alert> alerts) {

    /**
     * The state of a source.
     *
     * @param at when it last answered; null if never
     * @param trouble why it does not answer now, prefixed with its name; empty if it does
     */
    public record Source(@Nullable Instant at, String trouble) {}

    public RollCall {
        parts = List.copyOf(parts);
        instances = List.copyOf(instances);
        alerts = List.copyOf(alerts);
    }

    /** Whether every part runs, every instance is accounted for, and both sources answer. */
    public boolean isComplete() {
        return sources().isEmpty()
                && parts.stream().allMatch(Part::isAlive)
                && instances.stream().allMatch(InstanceStatus::isAccountedFor);
    }

    /** The problems of sources that do not answer. */
    public List<String> sources() {
        return Stream.of(consul.trouble(), prometheus.trouble())
                .filter(trouble -> !trouble.isEmpty())
                .toList();
    }

    /** All reasons why the roll call is incomplete, each prefixed with a name. */
    public List<String> problems() {
        return problems(instance -> true);
    }

    /** The same, limited to some instances. */
    public List<String> problems(Predicate<InstanceStatus> of) {
        return Stream.of(
                        sources().stream(),
                        parts.stream().filter(part -> !part.isAlive()).map(part -> part.name() + ": process gone"),
                        instances.stream()
                                .filter(of)
                                .filter(instance -> !instance.problems().isEmpty())
                                .map(InstanceStatus::complaint))
                .flatMap(Function.identity())
                .toList();
    }

    /** Compares the parts that should run with the sources' last answers. */
    static RollCall of(List<Part> all, Reading<Registry> registry, Scrapes scrapes, Instant now) {
        Map<Identity, Part> parts = byIdentity(
                all.stream().filter(Part::isInstance).toList(),
                part -> new Identity(part.service(), part.name()),
                (one, other) -> one);
        Map<Identity, ServiceEntry> entries = byIdentity(
                registry.value().entries(), entry -> new Identity(entry.service(), entry.id()), ServiceEntry::worse);
        Map<Identity, Registry.Unlisted> unlisted = new LinkedHashMap<>();
        registry.value().unlisted().forEach((service, why) -> unlisted.put(new Identity(service, service), why));
        Map<Identity, Target> targets = byIdentity(
                scrapes.targets().value(), target -> new Identity(target.service(), target.id()), Target::worse);
        Map<String, List<Alert>> alerts =
                scrapes.alerts().value().stream().collect(Collectors.groupingBy(alert -> alert.label("instance")));
        Set<Alert> owned = new HashSet<>();
        List<InstanceStatus> instances = Stream.of(parts, entries, unlisted, targets)
                .flatMap(view -> view.keySet().stream())
                .distinct()
                .map(identity -> {
                    List<Alert> own = alerts.getOrDefault(identity.id(), List.of()).stream()
                            .filter(alert -> alert.isAbout(identity.service(), identity.id()))
                            .filter(alert -> !owned.contains(alert))
                            .toList();
                    owned.addAll(own);
                    return InstanceStatus.of(
                            new InstanceStatus.Sighting(
                                    identity.id(),
                                    Optional.ofNullable(parts.get(identity)),
                                    Optional.ofNullable(entries.get(identity)),
                                    Optional.ofNullable(unlisted.get(identity)),
                                    Optional.ofNullable(targets.get(identity)),
                                    own),
                            registry,
                            scrapes,
                            now);
                })
                .sorted(Comparator.comparing(InstanceStatus::service))
                .toList();
        return new RollCall(
                now,
                new Source(registry.at(), registry.trouble()),
                new Source(scrapes.at(), scrapes.trouble()),
                all.stream().filter(part -> !part.isInstance()).toList(),
                instances,
                scrapes.alerts().value().stream()
                        .filter(alert -> !owned.contains(alert))
                        .toList());
    }

    /** The key of an instance. An id alone is ambiguous: another service or node may register the same one. */
    private record Identity(String service, String id) {}

    private static <T> Map<Identity, T> byIdentity(
            List<T> sightings, Function<T, Identity> identity, BinaryOperator<T> worse) {
        Map<Identity, T> all = new LinkedHashMap<>();
        sightings.forEach(sighting -> all.merge(identity.apply(sighting), sighting, worse));
        return all;
    }
}
