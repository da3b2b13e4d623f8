package dev.rollcall.launcher.parts;

import dev.rollcall.launcher.platform.CommandFailure;
import dev.rollcall.launcher.platform.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A module of this project as a program. It runs from a copy, so that a build in the checkout doesn't replace the jars
 * of a running platform. A class-data archive of the last run makes it start three times as fast.
 */
public final class App {

    /** The launcher's own Java, which also runs the services. */
    public static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    /**
     * Serial collector, small heap, C1 compiler only: a dozen processes start together on maybe two cores, and C2
     * doubles the time to the first answer (1.9 s instead of 0.9 s).
     */
    private static final List<String> SMALL = List.of(JAVA, "-XX:+UseSerialGC", "-Xmx64m", "-XX:TieredStopAtLevel=1");

    private final Path source;
    private final Path copy;
    private final Path archive;
    private final String name;

    /** @param module the module's folder, like {@code ops/launcher}; its last segment is the name of the jar */
    App(Workspace workspace, String module) {
        this.name = Path.of(module).getFileName().toString();
        this.source = workspace.home().resolve(module).resolve("target");
        this.copy = workspace.state().resolve("apps").resolve(name);
        this.archive = copy.resolveSibling(name + "-" + Runtime.version() + ".jsa");
    }

    /** Updates the copy from the build. Nothing may run from the copy. */
    void install() {
        if (!Files.exists(source.resolve(name + ".jar"))) {
            throw new CommandFailure(name + " is not built: mvn package, or start with ops/rollcall up");
        }
        try {
            Files.createDirectories(copy.resolve("libs"));
            boolean changed = false;
            Set<Path> files = jars(source);
            for (Path file : files) {
                changed |= copyIfChanged(file);
            }
            for (Path left : jars(copy)) {
                if (!files.contains(left)) {
                    Files.delete(copy.resolve(left));
                }
            }
            if (changed) {
                Files.deleteIfExists(archive);
            }
        } catch (IOException e) {
            throw new CommandFailure("cannot copy %s to %s: %s".formatted(source, copy, e.getMessage()), e);
        }
    }

    /**
     * The command line.
     *
     * @param archives whether this process creates the archive if it is missing; only one of several instances should
     */
    List<String> command(boolean archives, List<String> options) {
        List<String> command = new ArrayList<>(SMALL);
        if (archives) {
            command.add("-XX:+AutoCreateSharedArchive");
        }
        command.add("-XX:SharedArchiveFile=" + archive);
        // suppresses the warning about a missing archive, which is harmless
        command.add("-Xlog:disable");
        command.addAll(options);
        command.addAll(List.of("-jar", copy.resolve(name + ".jar").toString()));
        return command;
    }

    /**
     * Copies the file if it has changed and returns whether it had. Keeps its modification time, which the archive
     * checks.
     */
    private boolean copyIfChanged(Path file) throws IOException {
        Path from = source.resolve(file);
        Path to = copy.resolve(file);
        if (Files.exists(to)
                && Files.size(to) == Files.size(from)
                && Files.getLastModifiedTime(to).equals(Files.getLastModifiedTime(from))) {
            return false;
        }
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        return true;
    }

    /** The program's jar and its libraries, relative to the folder. */
    private Set<Path> jars(Path folder) throws IOException {
        try (Stream<Path> libs = Files.list(folder.resolve("libs"))) {
            Set<Path> jars = libs.map(folder::relativize).collect(Collectors.toCollection(TreeSet::new));
            jars.add(Path.of(name + ".jar"));
            return jars;
        }
    }
}
