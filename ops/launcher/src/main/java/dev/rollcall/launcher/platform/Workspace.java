package dev.rollcall.launcher.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folders that the launcher works with.
 *
 * @param home the checkout
 * @param state the platform's data: {@code .rollcall} in the checkout, or the folder in {@code ROLLCALL_STATE_DIR}
 * @param tools the programs that {@code ops/tools} fetched
 */
public record Workspace(Path home, Path state, Path tools) {

    public static Workspace ofEnvironment() {
        Path home = Path.of(System.getProperty("rollcall.home", "")).toAbsolutePath();
        Path state = Optional.ofNullable(System.getProperty("rollcall.state", System.getenv("ROLLCALL_STATE_DIR")))
                .map(dir -> Path.of(dir).toAbsolutePath())
                .orElse(home.resolve(".rollcall"));
        String tools = System.getProperty(
                "rollcall.tools", home.resolve(".rollcall/tools").toString());
        return new Workspace(home, state, Path.of(tools).toAbsolutePath());
    }

    /** The same checkout with another state folder, so that a second platform can run beside the first. */
    public Workspace withState(Path dir) {
        return new Workspace(home, dir, tools);
    }

    public Path tool(String name) {
        return tools.resolve("bin").resolve(name);
    }

    public Path ops(String name) {
        return home.resolve("ops").resolve(name);
    }

    public Path log(String name) {
        return state.resolve("logs").resolve(name + ".log");
    }

    /** The log of a part's run before this one. */
    public Path previousLog(String name) {
        return log(name).resolveSibling(name + ".log.1");
    }

    public Path token(String name) {
        return state.resolve("tokens").resolve(name);
    }

    /** Creates a folder of the state if it is missing. */
    public Path createFolder(String name) {
        try {
            return Files.createDirectories(state.resolve(name));
        } catch (IOException e) {
            throw new CommandFailure("cannot create " + state.resolve(name) + ": choose a folder you may write to", e);
        }
    }

    /** Deletes files and folders of the state recursively. */
    public void delete(String... names) {
        for (String name : names) {
            Path root = state.resolve(name);
            if (Files.exists(root)) {
                try (Stream<Path> tree = Files.walk(root)) {
                    for (Path path : tree.toList().reversed()) {
                        Files.delete(path);
                    }
                } catch (IOException e) {
                    throw new CommandFailure("cannot delete " + root + ": " + e.getMessage(), e);
                }
            }
        }
    }

    /** Replaces a file of the state atomically: a reader sees the old text or the new one. */
    public Path write(String name, String text) {
        Path file = state.resolve(name);
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(next, text);
            return Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new CommandFailure("cannot write %s: %s".formatted(file, e.getMessage()), e);
        }
    }
}
