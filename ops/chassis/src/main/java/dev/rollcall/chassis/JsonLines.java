package dev.rollcall.chassis;

import dev.rollcall.discovery.http.RequestId;
import io.helidon.logging.common.HelidonMdc;
import io.helidon.logging.jul.HelidonJsonFormatter;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.logging.LogRecord;
import java.util.regex.Matcher;

/**
 * Formats log records as JSON, one object a line. {@code io.helidon.logging.jul.HelidonJsonFormatter.fields} in {@code
 * logging.properties} lists the fields; there {@code %X{service}} and {@code %X{instance}} stand for the logging instance and
 * {@code %X{request-id}} for the {@link RequestId}.
 */
final class JsonLines extends HelidonJsonFormatter {
    private final String service;
    private final Supplier<String> instance;
    /** Helidon's formatter is not thread-safe, and handlers of JDK 25 format outside of their own lock. */
    private final ReentrantLock lock = new ReentrantLock();

    /**
     * A formatter for one instance.
     *
     * @param service its service
     * @param instance its id in Consul; empty while it has none
     */
    JsonLines(String service, Supplier<String> instance) {
        this.service = service;
        this.instance = instance;
    }

    @Override
    public String format(LogRecord record) {
        // the context belongs to a thread, and any thread may log
        HelidonMdc.set("service", verbatim(service));
        HelidonMdc.set("instance", verbatim(instance.get()));
        lock.lock();
        try {
            return super.format(record);
        } finally {
            lock.unlock();
        }
    }

    /** Helidon inserts the value into a format by a regular expression. */
    private static String verbatim(String value) {
        return Matcher.quoteReplacement(value.replace("%", "%%"));
    }
}
