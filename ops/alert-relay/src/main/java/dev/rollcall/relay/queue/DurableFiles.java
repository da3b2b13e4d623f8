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

/** Files of which all is there, or nothing. */
final class DurableFiles {
    private static final String UNFINISHED = ".tmp";

    /** Has the disk keep what was written to a channel. */
    interface Sync {
        void force(FileChannel channel) throws IOException;
    }

    private DurableFiles() {}

    /** Creates a file that is on disk, its name included, once the call has returned. */
    static void create(Path folder, String name, byte[] content, Sync sync) throws IOException {
        Path file = folder.resolve(name);
        Path unfinished = folder.resolve(name + UNFINISHED);
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
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                sync.force(channel);
            }
        } catch (IOException e) {
            // its sender is told that it isn't stored, so it must not turn up after the next start
            Files.deleteIfExists(unfinished);
            Files.deleteIfExists(file);
            throw e;
        }
    }

    /** Moves a file as a whole. A power loss may undo it, so that it is done again. */
    static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    /** The files of a folder by name, without those whose writing broke off, which it deletes. */
    static List<Path> list(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.list(folder)) {
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
