package dev.rollcall.order.fuzz;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Finds secrets in our own log messages of any level. */
final class LogWatch extends Handler implements AutoCloseable {
    private static final Logger OURS = Logger.getLogger("dev.rollcall");

    private final List<String> secrets;
    private final Queue<String> found = new ConcurrentLinkedQueue<>();
    private final SimpleFormatter formatter = new SimpleFormatter();

    LogWatch(String... secrets) {
        this.secrets = List.of(secrets);
        setLevel(Level.ALL);
        OURS.setLevel(Level.ALL);
        OURS.addHandler(this);
    }

    /** The lines with a secret in them. */
    List<String> found() {
        return List.copyOf(found);
    }

    @Override
    public void publish(LogRecord entry) {
        String line = formatter.format(entry);
        if (secrets.stream().anyMatch(line::contains)) {
            found.add(line);
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        OURS.removeHandler(this);
        OURS.setLevel(null);
    }
}
