package dev.rollcall.discovery.testing;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;

/** Records what the library and its HTTP client log while this is open, at every level. */
public final class LogRecords extends Handler implements AutoCloseable {
    private static final Logger ROOT = Logger.getLogger("");
    // strong references: the log manager holds loggers weakly
    private final List<Logger> loggers = Stream.of("dev.rollcall", "com.ecwid", "org.apache")
            .map(Logger::getLogger)
            .toList();
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final SimpleFormatter formatter = new SimpleFormatter();

    public LogRecords() {
        setLevel(Level.ALL);
        loggers.forEach(it -> it.setLevel(Level.ALL));
        ROOT.addHandler(this);
    }

    /** The lines, each starting with its level. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void publish(LogRecord record) {
        lines.add(record.getLevel() + " " + formatter.format(record));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        ROOT.removeHandler(this);
        loggers.forEach(it -> it.setLevel(null));
    }
}
