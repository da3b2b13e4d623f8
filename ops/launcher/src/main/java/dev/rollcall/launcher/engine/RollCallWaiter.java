package dev.rollcall.launcher.engine;

import dev.rollcall.discovery.http.BoundedHttpClient;
import dev.rollcall.launcher.platform.CommandFailure;
import dev.rollcall.launcher.platform.Pause;
import dev.rollcall.launcher.platform.Port;
import dev.rollcall.launcher.platform.Ports;
import dev.rollcall.launcher.platform.Service;
import dev.rollcall.launcher.platform.Terminal;
import dev.rollcall.rollcall.CheckState;
import dev.rollcall.rollcall.ConsulReader;
import dev.rollcall.rollcall.HttpApi;
import dev.rollcall.rollcall.InstanceStatus;
import dev.rollcall.rollcall.Line;
import dev.rollcall.rollcall.NoAnswer;
import dev.rollcall.rollcall.Part;
import dev.rollcall.rollcall.PrometheusReader;
import dev.rollcall.rollcall.RollCall;
import dev.rollcall.rollcall.RollCaller;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Calls the roll, once or until a condition holds. All calls share one HTTP client, which {@link #close} closes. */
public final class RollCallWaiter implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int TRIES = 5;

    private final Engine engine;
    private final Terminal terminal;
    private final BoundedHttpClient client = HttpApi.client();

    public RollCallWaiter(Engine engine, Terminal terminal) {
        this.engine = engine;
        this.terminal = terminal;
    }

    /** Calls the roll once for this snapshot. */
    public RollCall call(Deployment deployment) {
        Ports ports = deployment.ports();
        RollCaller caller = new RollCaller(
                new ConsulReader(new HttpApi(client, ports.uri(Port.CONSUL))),
                new PrometheusReader(new HttpApi(client, ports.uri(Port.PROMETHEUS))),
                Clock.systemUTC());
        return caller.call(deployment.parts());
    }

    @Override
    public void close() {
        client.close();
    }

    /** Waits until the roll call is complete, except for instances that others registered. */
    void awaitComplete() {
        List<String> all = engine.deployment().parts().stream().map(Part::name).toList();
        Set<String> staying = new HashSet<>();
        await("waiting for", all, call -> {
            forgetStrangers(call, staying);
            return call.problems(instance -> isAwaited(instance) && !staying.contains(instance.id()));
        });
    }

    /** Waits until these instances are accounted for. */
    void awaitPresent(List<String> ids) {
        await("waiting for", ids, call -> {
            List<String> missing = call.instances().stream()
                    .filter(instance -> ids.contains(instance.id()))
                    .filter(instance -> !instance.isAccountedFor())
                    .map(InstanceStatus::complaint)
                    .toList();
            return missing.isEmpty() || call.sources().isEmpty() ? missing : call.sources();
        });
    }

    /** Waits until neither Consul nor Prometheus knows these instances. */
    void awaitGone(List<String> ids) {
        await(
                "waiting for the end of",
                List.of(),
                call -> call.sources().isEmpty()
                        ? call.instances().stream()
                                .map(InstanceStatus::id)
                                .filter(ids::contains)
                                .map(id -> id + ": still known to Consul or Prometheus")
                                .toList()
                        : call.sources());
    }

    /** Whether to wait for an instance. Instances of other services that were not started here are not waited for. */
    private static boolean isAwaited(InstanceStatus instance) {
        return instance.process() != InstanceStatus.ProcessState.FOREIGN
                || Service.named(instance.service()).isPresent();
    }

    /**
     * Deregisters an instance that could not deregister itself.
     *
     * @return whether it succeeded
     */
    boolean forget(String id) {
        for (int tries = 1; ; tries++) {
            try {
                engine.deregister(id);
                return true;
            } catch (NoAnswer e) {
                // a busy agent may answer the next time; otherwise Consul removes the instance after 5 minutes
                if (tries == TRIES) {
                    terminal.say(Line.of(id) + " stays registered for another 5 minutes: " + e.getMessage());
                    return false;
                }
                Pause.of(PAUSE);
            }
        }
    }

    /**
     * Deregisters instances that a crash of an earlier platform left in Consul's data, and adds those that it cannot
     * deregister to a set.
     */
    private void forgetStrangers(RollCall call, Set<String> staying) {
        call.instances().stream()
                .filter(instance -> instance.process() == InstanceStatus.ProcessState.FOREIGN
                        && instance.check() == CheckState.CRITICAL)
                .filter(instance -> Service.named(instance.service()).isPresent())
                .map(InstanceStatus::id)
                .filter(id -> !staying.contains(id) && !forget(id))
                .forEach(staying::add);
    }

    /** Waits until there are no problems; fails if one of these parts ends, or after the timeout. */
    private void await(String doing, List<String> mustLive, Function<RollCall, List<String>> find) {
        long started = System.nanoTime();
        while (true) {
            Deployment now = engine.deployment();
            List<String> problems = find.apply(call(now));
            if (problems.isEmpty()) {
                return;
            }
            Duration waited = Duration.ofNanos(System.nanoTime() - started);
            String first =
                    problems.getFirst() + (problems.size() == 1 ? "" : " (and %d more)".formatted(problems.size() - 1));
            terminal.progress("%2d s, %s %s".formatted(waited.toSeconds(), doing, first));
            now.parts().stream()
                    .filter(part -> mustLive.contains(part.name()) && !part.isAlive())
                    .findFirst()
                    .ifPresent(gone -> {
                        throw new CommandFailure(
                                "%s ended while starting: %s".formatted(gone.name(), engine.lastLogLine(gone.name())));
                    });
            if (waited.compareTo(TIMEOUT) > 0) {
                throw new CommandFailure("gave up after %d s %s %s".formatted(TIMEOUT.toSeconds(), doing, first));
            }
            Pause.of(PAUSE);
        }
    }
}
