package dev.rollcall.chassis.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A disk of a few megabytes that a test can fill: a tmpfs over a folder, in a mount namespace that only the started process
 * sees. Needs no root where the kernel allows user namespaces.
 */
final class SmallDisk {
    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

    /** Mounts it over the folder, keeps the folder's content, and runs the command. */
    private static final String MOUNT = """
            set -e
            folder=$1 options=$2
            shift 2
            before=$(mktemp -d)
            cp -a "$folder/." "$before"
            mount -t tmpfs -o "$options" tmpfs "$folder"
            cp -a "$before/." "$folder"
            rm -rf "$before"
            exec "$@"
            """;

    private final Path folder;
    private final String options;

    /**
     * A disk for one start of one process.
     *
     * @param folder its mount point
     * @param megabytes its size
     * @param mode its permissions, as for chmod
     */
    SmallDisk(Path folder, int megabytes, String mode) {
        this.folder = folder;
        this.options = "size=%dm,mode=%s".formatted(megabytes, mode);
    }

    /** The command that runs on this disk. */
    List<String> under(List<String> command) {
        var whole = new ArrayList<>(List.of("unshare", "--mount"));
        if (!ROOT) {
            whole.add("--map-root-user");
        }
        whole.addAll(List.of("sh", "-c", MOUNT, "sh", folder.toString(), options));
        whole.addAll(command);
        return whole;
    }

    /** Fills it, while the process runs. */
    void fill(Process process) {
        byte[] zeros = new byte[4096];
        try (OutputStream filler = Files.newOutputStream(filler(process))) {
            for (; ; ) {
                filler.write(zeros);
            }
        } catch (IOException e) {
            // full; everything else is an error
            if (!String.valueOf(e.getMessage()).contains("No space left")) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Frees it. */
    void free(Process process) {
        try {
            Files.delete(filler(process));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path filler(Process process) {
        return Path.of("/proc", String.valueOf(process.pid()), "root")
                .resolve(Path.of("/").relativize(folder.toAbsolutePath()))
                .resolve("filler");
    }
}
