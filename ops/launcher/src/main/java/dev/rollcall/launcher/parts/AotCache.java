package dev.rollcall.launcher.parts;

import dev.rollcall.launcher.platform.CommandFailure;
import dev.rollcall.launcher.platform.Exec;
import dev.rollcall.launcher.platform.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The ahead-of-time cache of a program (JEP 483, 514): its classes, parsed and linked, as a run recorded them. With it, a
 * service starts in half the time. It lies beside the jars it was made from; the JVM ignores it if they have changed.
 * Needs Java 25.
 */
final class AotCache {

    /** In the state of a platform that records. */
    private static final String RECORDINGS = "recordings";

    private final Workspace workspace;
    private final String name;
    private final Path jars;
    private final Path file;

    /** @param module the module's folder, like {@code ops/launcher} */
    AotCache(Workspace workspace, String module) {
        this.workspace = workspace;
        this.name = Path.of(module).getFileName().toString();
        this.jars = workspace.home().resolve(module).resolve("target");
        this.file = jars.resolve(name + "-" + Runtime.version() + ".aot");
    }

    static boolean isSupported() {
        return Runtime.version().feature() >= 25;
    }

    /** Makes all programs of a platform record what they load. Before its start. */
    static void record(Workspace workspace) {
        workspace.delete(RECORDINGS);
        workspace.createFolder(RECORDINGS);
    }

    /** Whether the platform's programs record. */
    static boolean isRecording(Workspace workspace) {
        return Files.isDirectory(workspace.state().resolve(RECORDINGS));
    }

    /** The JVM's options for recording, if the platform records, else for using the cache if there is one. */
    List<String> options() {
        if (isRecording(workspace)) {
            return List.of("-XX:AOTMode=record", "-XX:AOTConfiguration=" + recording());
        }
        return Files.exists(file) ? List.of("-XX:AOTCache=" + file) : List.of();
    }

    /** Whether no jar is newer than the cache. */
    boolean isCurrent() {
        try (Stream<Path> libraries = Files.list(jars.resolve("libs"))) {
            if (!Files.exists(file)) {
                return false;
            }
            long made = Files.getLastModifiedTime(file).toMillis();
            for (Path jar : Stream.concat(Stream.of(jars.resolve(name + ".jar")), libraries)
                    .toList()) {
                if (Files.getLastModifiedTime(jar).toMillis() > made) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Makes the cache from what the program recorded. */
    void create() {
        if (!Files.exists(recording())) {
            throw new CommandFailure(name + " has recorded nothing");
        }
        Path next = file.resolveSibling(file.getFileName() + ".next");
        List<String> command = new ArrayList<>(App.JVM);
        command.addAll(List.of(
                "-XX:AOTMode=create",
                "-XX:AOTConfiguration=" + recording(),
                "-XX:AOTCache=" + next,
                "-cp",
                jars.resolve(name + ".jar").toString()));
        Exec made = Exec.run(command.toArray());
        try {
            if (made.code() != 0 || !Files.exists(next)) {
                throw new CommandFailure("%s: exit code %d, %s"
                        .formatted(
                                file,
                                made.code(),
                                made.output().lines().findFirst().orElse("no output")));
            }
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new CommandFailure("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    private Path recording() {
        return workspace.state().resolve(RECORDINGS).resolve(name);
    }
}
