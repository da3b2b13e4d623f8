package dev.rollcall.launcher.parts;

import dev.rollcall.launcher.platform.CommandFailure;
import dev.rollcall.launcher.platform.Exec;
import dev.rollcall.launcher.platform.Pause;
import dev.rollcall.launcher.platform.Terminal;
import dev.rollcall.launcher.platform.Workspace;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes the {@linkplain AotCache AOT caches} once after a build. A second launcher, whose command is {@link #COMMAND},
 * starts a platform of its own, sends it orders and stops it again, while it and the platform's programs record what they
 * load.
 */
public final class Training {

    /** The launcher's command that runs the recorded platform. */
    public static final String COMMAND = "train";

    private final Workspace workspace;
    private final Terminal terminal;

    public Training(Workspace workspace, Terminal terminal) {
        this.workspace = workspace;
        this.terminal = terminal;
    }

    /** Whether this launcher is the second one. */
    public boolean isRecording() {
        return AotCache.isRecording(workspace);
    }

    /** Whether a cache is missing or outdated. */
    public boolean isDue() {
        return AotCache.isSupported() && !areCachesCurrent();
    }

    /**
     * Makes the caches if one is missing or outdated. Reports a failure, which only leaves starts slow.
     *
     * @return whether all caches are there, or this Java doesn't use any
     */
    public boolean runIfDue() {
        if (!isDue()) {
            return true;
        }
        Path file = workspace.home().resolve(".rollcall/training.lock");
        try {
            Files.createDirectories(file.getParent());
            try (FileChannel lock = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                // another launcher may be at it
                lock.lock();
                if (!areCachesCurrent()) {
                    run();
                }
                return true;
            }
        } catch (FileLockInterruptionException e) {
            throw new Pause.Interrupted(e);
        } catch (Pause.Interrupted e) {
            throw e;
        } catch (IOException | CommandFailure e) {
            terminal.say("training failed, so the programs will start slowly (--skip-training leaves it out): "
                    + e.getMessage());
            return false;
        }
    }

    private boolean areCachesCurrent() {
        return App.modules().stream().allMatch(module -> new AotCache(workspace, module).isCurrent());
    }

    private void run() {
        terminal.say("training the programs for faster starts (once after a build)");
        Workspace recorded = workspace.withState(workspace.home().resolve(".rollcall/training"));
        try {
            Store.choose(recorded, Store.kindOf(workspace));
            AotCache.record(recorded);
            record(recorded);
            terminal.progress("training: writing the caches");
            App.modules().parallelStream().forEach(module -> new AotCache(recorded, module).create());
        } finally {
            recorded.delete("");
        }
    }

    private void record(Workspace recorded) {
        List<String> command = new ArrayList<>(App.JVM);
        command.addAll(new AotCache(recorded, App.LAUNCHER).options());
        command.addAll(List.of(
                "-Xlog:disable",
                "-Drollcall.home=" + recorded.home(),
                "-Drollcall.state=" + recorded.state(),
                "-Drollcall.tools=" + recorded.tools(),
                "-Drollcall.interactive=" + terminal.interactive(),
                "-jar",
                recorded.home()
                        .resolve(App.LAUNCHER)
                        .resolve("target/launcher.jar")
                        .toString(),
                COMMAND));
        // the JVM reports the recording on standard output
        if (Exec.captureOutput(Map.of("ROLLCALL_ENGINE", "local"), command).code() != 0) {
            throw new CommandFailure("its platform failed (see above)");
        }
    }
}
