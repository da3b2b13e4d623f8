package dev.rollcall.chassis;

import dev.rollcall.discovery.http.RequestId;
import io.helidon.logging.common.HelidonMdc;
import io.helidon.logging.jul.HelidonJsonFormatter;
import java.util.function.Supplier;
import java.util.logging.LogRecord;
import java.util.regex.Matcher;

/**
 * Log records as JSON, one object a line, for whatever collects them. Its fields are those of the key
 * {@code io.helidon.logging.jul.HelidonJsonFormatter.fields} in {@code logging.properties}, where {@code %X{service}} and
 * {@code %X{instance}} stand for who logs, and {@code %X{request-id}} for the {@link RequestId}.
 */
final class JsonLines extends HelidonJsonFormatter {
    private final String service;
    private final Supplier<String> instance;

    /**
     * Records of one instance.
     *
     * @param service what it is an instance of
     * @param instance its id in Consul; empty while it has none
     */
    JsonLines(String service, Supplier<String> instance) {
        this.service = service;
        this.instance = instance;
    }

    @Override
    public String format(LogRecord record) {
        // the context belongs to the thread, and any thread may log
        HelidonMdc.set("service", verbatim(service));
        HelidonMdc.set("instance", verbatim(instance.get()));
        return super.format(record);
    }

    /** Helidon puts the value into a format by a regular expression. */
    private static String verbatim(String value) {
        return Matcher.quoteReplacement(value.replace("%", "%%"));
    }
}
