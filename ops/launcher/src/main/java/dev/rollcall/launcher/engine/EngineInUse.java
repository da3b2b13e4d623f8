package dev.rollcall.launcher.engine;

import dev.rollcall.launcher.platform.CommandFailure;
import dev.rollcall.launcher.platform.Terminal;
import dev.rollcall.launcher.platform.Workspace;

/** The engine that runs the platform now, or else this machine, and what it had when it was looked for. */
public record EngineInUse(Engine engine, Deployment deployment) {

    static EngineInUse find(Workspace workspace, Terminal terminal) {
        EngineInUse local = of(new LocalEngine(workspace, terminal));
        return switch (Engine.Kind.ofEnvironment()) {
            case LOCAL -> local;
            case DOCKER -> of(new DockerEngine(workspace, terminal));
            case AUTO -> {
                if (local.deployment().isUp()) {
                    yield local;
                }
                EngineInUse docker = of(new DockerEngine(workspace, terminal));
                yield docker.deployment().isUp() ? docker : local;
            }
        };
    }

    /** Fails if no platform runs. */
    public static EngineInUse running(Workspace workspace, Terminal terminal) {
        EngineInUse found = find(workspace, terminal);
        if (!found.deployment().isUp()) {
            throw new CommandFailure("nothing is running: ops/rollcall up starts it");
        }
        return found;
    }

    private static EngineInUse of(Engine engine) {
        return new EngineInUse(engine, engine.deployment());
    }
}
