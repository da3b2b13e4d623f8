package dev.rollcall.launcher.process;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.rollcall.launcher.platform.CommandFailure;
import dev.rollcall.launcher.platform.Ports;
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
public record PlatformState(Ports ports, Map<String, List<Integer>> remembered, List<PartProcess> running) {

    public static final PlatformState NONE = new PlatformState(Ports.USUAL, Map.of(), List.of());

    public PlatformState {
        remembered = Map.copyOf(remembered);
        running = List.copyOf(running);
    }

    PlatformState with(Ports ports) {
        return new PlatformState(ports, remembered, running);
    }

    /** With the process in it, in place of an earlier one of the same name. */
    public PlatformState with(PartProcess process) {
        Map<String, List<Integer>> ports = new LinkedHashMap<>(remembered);
        if (process.isInstance()) {
            ports.merge(
                    process.service(),
                    List.of(process.port()),
                    (old, added) -> Stream.concat(old.stream(), added.stream())
                            .distinct()
                            .toList());
        }
        List<PartProcess> processes = new ArrayList<>(running);
        if (named(process.name()).isPresent()) {
            processes.replaceAll(other -> other.name().equals(process.name()) ? process : other);
        } else {
            processes.add(process);
        }
        return new PlatformState(this.ports, ports, processes);
    }

    public PlatformState without(PartProcess process) {
        return new PlatformState(
                ports,
                remembered,
                running.stream().filter(other -> !other.equals(process)).toList());
    }

    @JsonIgnore
    public boolean isUp() {
        return running.stream().anyMatch(PartProcess::isAlive);
    }

    public Optional<PartProcess> named(String name) {
        return running.stream().filter(process -> process.name().equals(name)).findFirst();
    }

    /** The process that a user named; fails with the names there are. */
    public PartProcess find(String name) {
        return named(name)
                .orElseThrow(() -> new CommandFailure("there is no '%s' (there are: %s)"
                        .formatted(name, running.stream().map(PartProcess::name).collect(Collectors.joining(", ")))));
    }

    public List<PartProcess> instances(String service) {
        return running.stream()
                .filter(process -> process.service().equals(service))
                .toList();
    }
}
