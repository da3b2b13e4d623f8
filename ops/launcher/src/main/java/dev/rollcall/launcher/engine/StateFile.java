package dev.rollcall.launcher.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rollcall.launcher.platform.CommandFailure;
import dev.rollcall.launcher.platform.Workspace;
import dev.rollcall.launcher.process.PlatformState;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * Reads and writes the {@link PlatformState} in {@code state.json}. A lock file keeps other launchers from changing the
 * platform meanwhile.
 */
public final class StateFile {

    private static final String NAME = "state.json";

    private final ObjectMapper json = new ObjectMapper();
    private final Workspace workspace;

    public StateFile(Workspace workspace) {
        this.workspace = workspace;
    }

    public PlatformState read() {
        Path file = workspace.state().resolve(NAME);
        if (!Files.exists(file)) {
            return PlatformState.NONE;
        }
        try {
            return json.readValue(Files.readString(file), PlatformState.class);
        } catch (JsonProcessingException e) {
            throw new CommandFailure(file + " is damaged: end the platform's processes by hand and delete the file", e);
        } catch (IOException e) {
            throw new CommandFailure("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    public void write(PlatformState platform) {
        try {
            workspace.write(NAME, json.writerWithDefaultPrettyPrinter().writeValueAsString(platform));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a change of the platform under the lock; fails if another launcher holds it. */
    <T> T exclusively(Supplier<T> change) {
        Path file = workspace.createFolder(".").resolve("lock").normalize();
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            if (!isLocked(open)) {
                throw new CommandFailure("another ops/rollcall (pid %s) is changing the platform: wait for it to end"
                        .formatted(open.readLine()));
            }
            open.setLength(0);
            open.writeBytes(Long.toString(ProcessHandle.current().pid()));
            return change.get();
        } catch (IOException e) {
            throw new CommandFailure("cannot lock " + file + ": " + e.getMessage(), e);
        }
    }

    void exclusively(Runnable change) {
        exclusively(() -> {
            change.run();
            return true;
        });
    }

    /** Takes the lock. Closing the file or the end of the process releases it. */
    private static boolean isLocked(RandomAccessFile open) throws IOException {
        try {
            return open.getChannel().tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }
}
