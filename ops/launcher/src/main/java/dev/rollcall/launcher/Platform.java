package dev.rollcall.launcher;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What should run, as the launcher last left it. A process stays in here when it dies by itself or is killed, so that
 * it is missed; it leaves when it is stopped.
 *
 * @param ports where the parts listen
 * @param remembered by service, the ports its instances have had, so that the n-th one is given its old id again
 * @param running in the order in which they were first started
 */
record Platform(Ports ports, Map<String, List<Integer>> remembered, List<Running> running) {

    static final Platform NONE = new Platform(Ports.USUAL, Map.of(), List.of());

    Platform {
        remembered = Map.copyOf(remembered);
        running = List.copyOf(running);
    }

    Platform with(Ports ports) {
        return new Platform(ports, remembered, running);
    }

    /** With the process in it, in place of an earlier one of the same name. */
    Platform with(Running process) {
        Map<String, List<Integer>> ports = new LinkedHashMap<>(remembered);
        if (process.isInstance()) {
            ports.merge(
                    process.service(),
                    List.of(process.port()),
                    (old, added) -> Stream.concat(old.stream(), added.stream())
                            .distinct()
                            .toList());
        }
        List<Running> processes = new ArrayList<>(running);
        if (named(process.name()).isPresent()) {
            processes.replaceAll(other -> other.name().equals(process.name()) ? process : other);
        } else {
            processes.add(process);
        }
        return new Platform(this.ports, ports, processes);
    }

    Platform without(Running process) {
        return new Platform(
                ports,
                remembered,
                running.stream().filter(other -> !other.equals(process)).toList());
    }

    @JsonIgnore
    boolean isUp() {
        return running.stream().anyMatch(Running::isAlive);
    }

    Optional<Running> named(String name) {
        return running.stream().filter(process -> process.name().equals(name)).findFirst();
    }

    /** The process that a user named; fails with the names there are. */
    Running find(String name) {
        return named(name)
                .orElseThrow(() -> new CommandFailure("there is no '%s' (there are: %s)"
                        .formatted(name, running.stream().map(Running::name).collect(Collectors.joining(", ")))));
    }

    List<Running> instances(String service) {
        return running.stream()
                .filter(process -> process.service().equals(service))
                .toList();
    }
}
