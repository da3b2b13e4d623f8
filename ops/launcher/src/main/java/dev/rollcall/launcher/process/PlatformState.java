package dev.rollcall.launcher.process;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.rollcall.launcher.platform.CommandFailure;
import dev.rollcall.launcher.platform.Ports;
import dev.rollcall.launcher.platform.Service;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The parts that should run, as of the launcher's last change. A part that dies or is killed stays listed, so that it
 * is reported missing. A part that is stopped is removed.
 *
 * @param ports the ports of the parts
 * @param remembered by service, the ports that its instances have had, so that the n-th instance gets its old port and
 *     id again
 * @param running in the order of their first start
 */
public record PlatformState(Ports ports, Map<String, List<Integer>> remembered, List<PartProcess> running) {

    public static final PlatformState NONE = new PlatformState(Ports.DEFAULTS, Map.of(), List.of());

    public PlatformState {
        remembered = Map.copyOf(remembered);
        running = List.copyOf(running);
    }

    /**
     * This platform after a failed attempt to start more. The ports of the attempt stay remembered, so that the next one
     * uses the same ids; but not of a service that is still new to a running platform.
     */
    public PlatformState remembering(PlatformState attempt) {
        Map<String, List<Integer>> ports = new LinkedHashMap<>(attempt.remembered);
        if (isUp()) {
            ports.keySet().retainAll(remembered.keySet());
        }
        return new PlatformState(this.ports, ports, running);
    }

    /** Nothing running, on these ports. */
    public PlatformState stoppedOn(Ports ports) {
        return new PlatformState(ports, remembered, List.of());
    }

    /** Adds the process, or replaces the earlier one with the same name. */
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

    /** Whether the part with this name runs. */
    public boolean isAlive(String name) {
        return named(name).filter(PartProcess::isAlive).isPresent();
    }

    /** Whether this platform has ever had an instance of the service. */
    public boolean hasStarted(Service service) {
        return remembered.containsKey(service.serviceName());
    }

    public Optional<PartProcess> named(String name) {
        return running.stream().filter(process -> process.name().equals(name)).findFirst();
    }

    /** The process that a user named; if there is none, fails with the known names. */
    public PartProcess find(String name) {
        return named(name)
                .orElseThrow(() -> new CommandFailure("there is no part '%s' (expected: one of %s)"
                        .formatted(name, running.stream().map(PartProcess::name).collect(Collectors.joining(", ")))));
    }

    public List<PartProcess> instances(String service) {
        return running.stream()
                .filter(process -> process.service().equals(service))
                .toList();
    }
}
