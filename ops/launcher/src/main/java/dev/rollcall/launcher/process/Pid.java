package dev.rollcall.launcher.process;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.rollcall.launcher.platform.Exec;
import dev.rollcall.launcher.platform.Pause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A process that may outlive the launcher. Its start time tells it from a later process with the same number.
 *
 * @param pid the process number
 * @param started its start time in clock ticks since boot, which unlike the wall clock never jumps
 */
public record Pid(long pid, long started) {

    /** The pid of a part that has not been started yet. */
    public static final Pid NONE = new Pid(0, 0);

    /** The process that has this number now. */
    public static Pid of(long pid) {
        return Stat.of(pid).map(stat -> new Pid(pid, stat.started)).orElse(NONE);
    }

    @JsonIgnore
    boolean isAlive() {
        return Stat.of(pid)
                .filter(stat -> stat.started == started && !stat.ended())
                .isPresent();
    }

    /** Asks the process to end (SIGTERM). */
    public void terminate() {
        if (isAlive()) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
        }
    }

    /** Makes the process reload its configuration (SIGHUP). */
    public void reload() {
        if (isAlive()) {
            Exec.run("sh", "-c", "kill -HUP " + pid);
        }
    }

    /** Kills the process (SIGKILL) and waits for its end, which takes the kernel a moment on a busy machine. */
    public void kill() {
        if (isAlive()) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
            awaitEnd(Duration.ofSeconds(10));
        }
    }

    /** Waits for the end of the process; false if it still runs after the timeout. */
    public boolean awaitEnd(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (isAlive()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Pause.of(Duration.ofMillis(20));
        }
        return true;
    }

    /** Resident memory; 0 if the process has ended. */
    public long residentBytes() {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .sum();
        } catch (IOException e) {
            return 0;
        }
    }

    /** The fields of {@code /proc/<pid>/stat} after the name, which is in parentheses and may contain anything. */
    private record Stat(char state, long started) {
        static Optional<Stat> of(long pid) {
            try {
                String line = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
                String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
                return Optional.of(new Stat(fields[0].charAt(0), Long.parseLong(fields[19])));
            } catch (IOException e) {
                return Optional.empty();
            }
        }

        /** A zombie has ended too; its parent has not waited for it yet. */
        boolean ended() {
            return state == 'Z' || state == 'X';
        }
    }
}
