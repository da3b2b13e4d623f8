package dev.rollcall.relay.dingtalk;

import java.text.MessageFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;

/** The message templates of one language, from {@code messages_<language>.properties}. */
public final class Texts {
    private static final List<String> LANGUAGES = List.of("en", "zh");

    private final ResourceBundle templates;
    private final Locale locale;
    private final DateTimeFormatter times;

    private Texts(Locale locale, ZoneId zone) {
        this.locale = locale;
        // never falls back to the JVM's own language
        this.templates = ResourceBundle.getBundle(
                "dev.rollcall.relay.dingtalk.messages",
                locale,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        this.times =
                DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xxx", locale).withZone(zone);
    }

    /**
     * The templates of a language.
     *
     * @param language {@code en} or {@code zh}
     * @param zone the time zone of times in messages
     * @return the templates
     * @throws IllegalArgumentException for another language
     */
    public static Texts of(String language, ZoneId zone) {
        if (!LANGUAGES.contains(language)) {
            throw new IllegalArgumentException("language: " + language + " (expected: one of en, zh)");
        }
        return new Texts(Locale.of(language), zone);
    }

    String fill(String template, Object... values) {
        return new MessageFormat(templates.getString(template), locale).format(values);
    }

    String time(Instant time) {
        return times.format(time);
    }
}
