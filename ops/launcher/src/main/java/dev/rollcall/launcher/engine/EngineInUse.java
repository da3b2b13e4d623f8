package dev.rollcall.launcher.engine;

import dev.rollcall.launcher.platform.CommandFailure;
import dev.rollcall.launcher.platform.Terminal;
import dev.rollcall.launcher.platform.Workspace;

/** The engine that runs the platform, or the local one if none does, with the snapshot that shows it. */
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

    /** The engine that runs the platform; fails if none does. */
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
