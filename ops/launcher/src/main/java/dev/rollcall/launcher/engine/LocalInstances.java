package dev.rollcall.launcher.engine;

import dev.rollcall.launcher.parts.LocalPart;
import dev.rollcall.launcher.parts.LocalParts;
import dev.rollcall.launcher.platform.Service;
import dev.rollcall.launcher.platform.Terminal;
import dev.rollcall.launcher.platform.Workspace;
import dev.rollcall.launcher.process.PartProcess;
import dev.rollcall.launcher.process.PlatformState;
import dev.rollcall.launcher.process.Processes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Adds, replaces and removes instances of the running platform on this machine, and waits until Consul and Prometheus
 * have noticed. The caller holds the lock of the state.
 */
final class LocalInstances {

    private final Workspace workspace;
    private final Terminal terminal;
    private final Engine engine;
    private final LocalParts parts;
    private final StateFile state;

    /** @param parts the parts of the running platform */
    LocalInstances(Workspace workspace, Terminal terminal, Engine engine, LocalParts parts) {
        this.workspace = workspace;
        this.terminal = terminal;
        this.engine = engine;
        this.parts = parts;
        this.state = new StateFile(workspace);
    }

    /** See {@link Engine#scale}. */
    int scale(Service service, int count) {
        List<PartProcess> instances = state.read().instances(service.serviceName()).stream()
                .sorted(Comparator.comparing(instance -> !instance.isAlive()))
                .toList();
        int alive = (int) instances.stream().filter(PartProcess::isAlive).count();
        List<PartProcess> kept = instances.subList(0, Math.min(count, instances.size()));
        remove(instances.subList(kept.size(), instances.size()));
        List<LocalPart> more = new ArrayList<>();
        kept.stream()
                .filter(instance -> !instance.isAlive())
                .forEach(instance -> more.add(parts.instance(service, instance.port())));
        more.addAll(parts.newInstances(service, count - kept.size()));
        add(more);
        return alive;
    }

    /** See {@link Engine#redeploy}. */
    List<String> redeploy(Service service) {
        List<PartProcess> old = state.read().instances(service.serviceName());
        // a single instance needs a substitute that serves meanwhile
        List<String> substitute = add(parts.newInstances(service, old.size() == 1 ? 1 : 0));
        for (PartProcess instance : old) {
            remove(List.of(instance));
            add(List.of(parts.instance(service, instance.port())));
        }
        remove(state.read().running().stream()
                .filter(process -> substitute.contains(process.name()))
                .toList());
        return old.stream().map(PartProcess::name).toList();
    }

    /** Ends processes, which may also be other parts, and takes them off the state. */
    void remove(List<PartProcess> leaving) {
        new Processes(workspace, terminal).end(leaving);
        PlatformState platform = state.read();
        for (PartProcess process : leaving) {
            platform = platform.without(process);
        }
        state.write(platform);
        List<String> ids = leaving.stream()
                .filter(PartProcess::isInstance)
                .map(PartProcess::name)
                .toList();
        if (platform.isUp() && !ids.isEmpty()) {
            try (RollCallWaiter caller = new RollCallWaiter(engine, terminal)) {
                ids.forEach(caller::forget);
                caller.awaitGone(ids);
            }
        }
    }

    private List<String> add(List<LocalPart> instances) {
        return new Startup(workspace, terminal, parts::onOtherPorts).run(state.read(), instances, started -> {
            try (RollCallWaiter caller = new RollCallWaiter(engine, terminal)) {
                caller.awaitPresent(started);
            }
        });
    }
}
