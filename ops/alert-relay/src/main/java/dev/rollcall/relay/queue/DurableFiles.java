package dev.rollcall.relay.queue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** Files that are complete or absent, also after a crash. */
final class DurableFiles {
    private static final String UNFINISHED = ".tmp";

    /** Forces to disk what was written to a channel. */
    interface Sync {
        void force(FileChannel channel) throws IOException;
    }

    private DurableFiles() {}

    /** Creates a file. When the call returns, its content and its name are on disk. */
    static void create(Path directory, String name, byte[] content, Sync sync) throws IOException {
        Path file = directory.resolve(name);
        Path unfinished = directory.resolve(name + UNFINISHED);
        try {
            try (FileChannel channel = FileChannel.open(
                    unfinished,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                sync.force(channel);
            }
            move(unfinished, file);
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                sync.force(channel);
            }
        } catch (IOException e) {
            // the sender is told that it is not stored, so it must not be there after a restart
            Files.deleteIfExists(unfinished);
            Files.deleteIfExists(file);
            throw e;
        }
    }

    /** Moves a file atomically. A power loss may undo the move. */
    static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    /** The files of a directory, by name. Deletes files whose writing broke off. */
    static List<Path> list(Path directory) throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.list(directory)) {
            all = files.sorted().toList();
        }
        for (Path file : all) {
            if (isUnfinished(file)) {
                Files.delete(file);
            }
        }
        return all.stream().filter(file -> !isUnfinished(file)).toList();
    }

    private static boolean isUnfinished(Path file) {
        return file.toString().endsWith(UNFINISHED);
    }
}
