package dev.rollcall.launcher.bench;

import dev.rollcall.launcher.platform.CommandFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** Measures the sync rate of a disk, which limits a durable store. */
final class DiskSyncs {

    private static final int PAGE_BYTES = 8 * 1024;

    private DiskSyncs() {}

    /** How many pages per second can be written and synced, one after the other. */
    static double perSecond(Path folder, Duration duration) {
        try {
            Path file = Files.createTempFile(folder, "syncs", "");
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                ByteBuffer page = ByteBuffer.allocate(PAGE_BYTES);
                long begun = System.nanoTime();
                int syncs = 0;
                while (System.nanoTime() - begun < duration.toNanos()) {
                    channel.write(page.rewind(), 0);
                    channel.force(false);
                    syncs++;
                }
                return syncs * 1e9 / (System.nanoTime() - begun);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new CommandFailure("cannot write in " + folder + ": " + e.getMessage(), e);
        }
    }
}
