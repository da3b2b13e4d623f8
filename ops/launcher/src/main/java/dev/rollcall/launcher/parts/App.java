package dev.rollcall.launcher.parts;

import dev.rollcall.launcher.platform.CommandFailure;
import dev.rollcall.launcher.platform.Service;
import dev.rollcall.launcher.platform.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A module of this project as a program. It runs from a copy, so that a build in the checkout doesn't replace the jars
 * of a running platform.
 */
public final class App {

    /** The launcher's own Java, which also runs the services. */
    public static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    static final String LAUNCHER = "ops/launcher";

    /**
     * C2 doubles the requests a second of a warm service, but it and C1's profiling double the CPU time of a start. On two
     * processors, eight starting JVMs would wait for it.
     */
    private static final int PROCESSORS_FOR_C2 = 4;

    /** The Java that runs a program, and its options: a dozen of them share one machine. */
    static final List<String> JVM = jvm();

    private final Workspace workspace;
    private final Path source;
    private final Path copy;
    private final Path archive;
    private final AotCache cache;
    private final String name;

    /** The modules with a program. */
    static List<String> modules() {
        return Stream.concat(Arrays.stream(Service.values()).map(Service::module), Stream.of(StandIns.MODULE, LAUNCHER))
                .toList();
    }

    /** @param module the module's folder, like {@code ops/launcher}; its last segment is the name of the jar */
    App(Workspace workspace, String module) {
        this.workspace = workspace;
        this.name = Path.of(module).getFileName().toString();
        this.source = workspace.home().resolve(module).resolve("target");
        this.copy = workspace.state().resolve("apps").resolve(name);
        this.archive = copy.resolveSibling(name + "-" + Runtime.version() + ".jsa");
        this.cache = new AotCache(workspace, module);
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
     * @param records whether this process records what it loads for the starts to come; only one of several instances
     *     should
     */
    List<String> command(boolean records, List<String> options) {
        List<String> command = new ArrayList<>(JVM);
        command.addAll(AotCache.isSupported() ? aot(records) : classData(records));
        // suppresses warnings about a missing or outdated cache, which are harmless
        command.add("-Xlog:disable");
        command.addAll(options);
        command.addAll(List.of("-jar", copy.resolve(name + ".jar").toString()));
        return command;
    }

    private List<String> aot(boolean records) {
        return records || !AotCache.isRecording(workspace) ? cache.options() : List.of();
    }

    /** The class-data archive of the last run, for a Java without AOT caches. */
    private List<String> classData(boolean records) {
        String file = "-XX:SharedArchiveFile=" + archive;
        return records ? List.of("-XX:+AutoCreateSharedArchive", file) : List.of(file);
    }

    private static List<String> jvm() {
        List<String> options = new ArrayList<>(List.of(
                JAVA,
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "-Xmn12m",
                "-Xss512k",
                // Maps the cache where it was made for. Anywhere else (the default, against attacks that
                // need addresses), the JVM rewrites all its pages at start, which takes time and memory.
                "-XX:+IgnoreUnrecognizedVMOptions",
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:ArchiveRelocationMode=0"));
        if (AotCache.isSupported()) {
            options.add("-XX:+UseCompactObjectHeaders");
        }
        if (Runtime.getRuntime().availableProcessors() < PROCESSORS_FOR_C2) {
            options.add("-XX:TieredStopAtLevel=1");
        }
        return List.copyOf(options);
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
