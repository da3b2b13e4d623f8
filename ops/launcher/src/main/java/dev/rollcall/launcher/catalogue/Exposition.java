package dev.rollcall.launcher.catalogue;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A parsed exposition, in Prometheus's text format or OpenMetrics.
 *
 * @param families in their order of appearance
 * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">Exposition formats</a>
 */
public record Exposition(List<Family> families) {

    private static final Pattern OPEN_METRICS = Pattern.compile(
            "\\s*application/openmetrics-text(?:\\s*;\\s*[^\\s;=\"]+=(?:[^\\s;=\"]+|\"[^\"]*\"))*\\s*;?\\s*",
            Pattern.CASE_INSENSITIVE);

    /** Copies the families. */
    public Exposition {
        families = List.copyOf(families);
    }

    /**
     * A metric with all of its series.
     *
     * @param type its TYPE, or {@code untyped}
     * @param help its HELP, or empty
     */
    public record Family(String name, String type, String help, List<Sample> samples) {
        /** Copies the samples. */
        public Family {
            samples = List.copyOf(samples);
        }
    }

    /** One sample, without its timestamp. */
    public record Sample(String name, Map<String, String> labels, double value) {}

    /** The samples of all families. */
    public List<Sample> samples() {
        return families.stream().flatMap(family -> family.samples().stream()).toList();
    }

    /**
     * Parses an exposition in the text format.
     *
     * @throws Malformed if Prometheus would refuse it
     */
    public static Exposition parse(String text) throws Malformed {
        return new Exposition(new ExpositionParser(text, true, false).parse());
    }

    /**
     * Parses an exposition in the format of its content type: OpenMetrics, else the text format.
     *
     * @throws Malformed if Prometheus would refuse it
     */
    public static Exposition parse(ByteBuffer body, String contentType) throws Malformed {
        boolean openMetrics = OPEN_METRICS.matcher(contentType).matches();
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(body.duplicate()).toString();
            return new Exposition(new ExpositionParser(text, true, openMetrics).parse());
        } catch (CharacterCodingException e) {
            String text = StandardCharsets.UTF_8.decode(body.duplicate()).toString();
            return new Exposition(new ExpositionParser(text, false, openMetrics).parse());
        }
    }

    static String unescaped(String text) {
        return text.replace("\\n", "\n").replace("\\\"", "\"").replace("\\\\", "\\");
    }

    /** The exposition is invalid: Prometheus would refuse it. */
    public static final class Malformed extends Exception {
        private static final int LONGEST_QUOTE = 60;

        Malformed(String message) {
            super(message);
        }

        Malformed(int number, String line, String reason) {
            super("line %d: %s: %s"
                    .formatted(
                            number,
                            reason,
                            line.length() > LONGEST_QUOTE ? line.substring(0, LONGEST_QUOTE) + "…" : line));
        }
    }
}
