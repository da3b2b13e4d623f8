package dev.rollcall.launcher.catalogue;

import dev.rollcall.launcher.catalogue.Exposition.Malformed;
import dev.rollcall.launcher.catalogue.Exposition.Sample;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses an exposition like Prometheus's own lexer and parser, token by token. It accepts and refuses the same texts.
 *
 * @see <a href="https://github.com/prometheus/prometheus/tree/v2.24.1/pkg/textparse">textparse</a>
 */
final class ExpositionParser {

    private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*+";
    private static final Pattern LABEL_NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*+");
    private static final Pattern FLOAT = Pattern.compile(
            "[+-]?(?:(?:\\d++\\.?+\\d*+|\\.\\d++)(?:e[+-]?\\d++)?|inf(?:inity)?)|nan", Pattern.CASE_INSENSITIVE);
    private static final String END = "# EOF";
    private static final char REPLACEMENT = '\ufffd';

    /** The tokens in which the two formats differ. */
    private enum Format {
        TEXT(
                "[ \\t]*+",
                "[ \\t]*+([^{ \\t\\n]++)",
                "[ \\t]++(\\d++)",
                "\"((?s:[^\"\\\\]++|\\\\[^\\n])*+)\"",
                "#[ \\t]++(HELP|TYPE)[ \\t]++",
                "(" + NAME + ")(?:[^\\n]([^\\n]*+))?",
                "counter|gauge|histogram|summary|untyped"),
        OPEN_METRICS(
                "",
                " ([^ \\n]++)",
                " (?!# \\{)([^ \\n]++)",
                "\"((?:[^\"\\\\\\n]++|\\\\[^\\n])*+)\"",
                "# (HELP|TYPE|UNIT) ",
                "(" + NAME + ")(?: ([^\\n]*+))",
                "counter|gauge|gaugehistogram|histogram|info|stateset|summary|unknown");

        private final Pattern blank;
        private final Pattern value;
        private final Pattern timestamp;
        private final Pattern labelValue;
        private final Pattern keyword;
        private final Pattern meta;
        private final Pattern types;

        Format(
                String blank,
                String value,
                String timestamp,
                String labelValue,
                String keyword,
                String meta,
                String types) {
            this.blank = Pattern.compile(blank);
            this.value = Pattern.compile(value);
            this.timestamp = Pattern.compile(timestamp);
            this.labelValue = Pattern.compile(labelValue);
            this.keyword = Pattern.compile(keyword);
            this.meta = Pattern.compile(meta);
            this.types = Pattern.compile(types);
        }
    }

    private static final Pattern METRIC_NAME = Pattern.compile(NAME);
    private static final Pattern REST = Pattern.compile("[^\\n]*+");
    private static final Pattern EXEMPLAR = Pattern.compile(" # (?=\\{)");

    private final String text;
    private final boolean wellFormed;
    private final Format format;
    private final Matcher matcher;
    private final Map<String, Draft> drafts = new LinkedHashMap<>();
    private int at;

    /**
     * A parser of one exposition.
     *
     * @param wellFormed whether the bytes were valid UTF-8; if not, U+FFFD replaces the invalid ones
     */
    ExpositionParser(String text, boolean wellFormed, boolean openMetrics) {
        this.format = openMetrics ? Format.OPEN_METRICS : Format.TEXT;
        this.text = openMetrics || text.endsWith("\n") ? text : text + "\n";
        this.wellFormed = wellFormed;
        this.matcher = METRIC_NAME.matcher(this.text);
    }

    /** A family under construction. */
    static final class Draft {
        String type = "untyped";
        String help = "";
        final List<Sample> samples = new ArrayList<>();
    }

    /** Parses the text into families by name. */
    Map<String, Draft> parse() throws Malformed {
        boolean ended = false;
        while (at < text.length()) {
            int line = at;
            try {
                ended = entry();
            } catch (Unexpected e) {
                throw new Malformed(lineNumber(line), lineOf(line), e.reason());
            }
        }
        if (format == Format.OPEN_METRICS && !ended) {
            throw new Malformed("it does not end with # EOF, as OpenMetrics has to");
        }
        return drafts;
    }

    /** Parses a line; true if it is OpenMetrics's end marker. */
    private boolean entry() throws Unexpected {
        return format == Format.OPEN_METRICS ? openMetricsEntry() : textEntry();
    }

    private boolean openMetricsEntry() throws Unexpected {
        if (!text.startsWith(END, at)) {
            metaOrSample();
            return false;
        }
        at += END.length();
        if (at < text.length()) {
            lineEnd();
        }
        if (at < text.length()) {
            throw new Unexpected("something follows " + END);
        }
        return true;
    }

    private boolean textEntry() throws Unexpected {
        take(format.blank);
        if (take('\0')) {
            // Prometheus stops here
            at = text.length();
        } else if (!take('\n')) {
            metaOrSample();
        }
        return false;
    }

    private void metaOrSample() throws Unexpected {
        if (take(format.keyword)) {
            meta(matcher.group(1));
            lineEnd();
        } else if (format == Format.TEXT && take('#')) {
            take(REST);
            lineEnd();
        } else {
            sample();
        }
    }

    private void meta(String keyword) throws Unexpected {
        if (!take(format.meta)) {
            throw new Unexpected("the name of a metric should follow " + keyword);
        }
        String name = matcher.group(1);
        String value = matcher.group(2) == null ? "" : matcher.group(2);
        Draft draft = drafts.computeIfAbsent(name, key -> new Draft());
        switch (keyword) {
            case "TYPE" -> {
                if (!format.types.matcher(value).matches()) {
                    throw new Unexpected("'%s' is no type".formatted(value));
                }
                draft.type = value;
            }
            case "UNIT" -> {
                if (!value.isEmpty() && !name.endsWith("_" + value)) {
                    throw new Unexpected("the unit is no suffix of the name");
                }
            }
            default -> draft.help = Exposition.unescaped(utf8(value));
        }
    }

    private void sample() throws Unexpected {
        if (!take(METRIC_NAME)) {
            throw new Unexpected("neither a comment nor a sample");
        }
        String name = matcher.group();
        take(format.blank);
        Map<String, String> labels = labels();
        number(format.value, "a value");
        if (take(format.timestamp)) {
            timestamp(matcher.group(1));
        }
        if (format == Format.OPEN_METRICS && take(EXEMPLAR)) {
            labels();
            number(format.value, "the value of an exemplar");
            if (take(format.timestamp)) {
                timestamp(matcher.group(1));
            }
        }
        take(format.blank);
        lineEnd();
        drafts.computeIfAbsent(familyOf(name), key -> new Draft()).samples.add(new Sample(name, labels));
    }

    private Map<String, String> labels() throws Unexpected {
        Map<String, String> labels = new TreeMap<>();
        if (!take('{')) {
            return labels;
        }
        take(format.blank);
        boolean more = format == Format.TEXT;
        while (!take('}')) {
            if (!more && !labels.isEmpty()) {
                throw new Unexpected("a comma is missing between labels");
            }
            if (!take(LABEL_NAME)) {
                throw new Unexpected("the name of a label is missing");
            }
            String name = matcher.group();
            take(format.blank);
            if (!take('=')) {
                throw new Unexpected("a label without =");
            }
            take(format.blank);
            if (!take(format.labelValue)) {
                throw new Unexpected("the value of a label isn't in quotes");
            }
            if (labels.put(name, Exposition.unescaped(utf8(matcher.group(1)))) != null || name.equals("__name__")) {
                throw new Unexpected("the label %s comes twice".formatted(name));
            }
            take(format.blank);
            boolean comma = take(',');
            take(format.blank);
            more = comma || format == Format.TEXT;
            if (comma && format == Format.OPEN_METRICS && at < text.length() && text.charAt(at) == '}') {
                throw new Unexpected("a comma without a label after it");
            }
        }
        return labels;
    }

    private void number(Pattern pattern, String what) throws Unexpected {
        if (!take(pattern)) {
            throw new Unexpected(what + " is missing");
        }
        isFloat(matcher.group(1), what);
    }

    private void timestamp(String number) throws Unexpected {
        if (format == Format.OPEN_METRICS) {
            isFloat(number, "a timestamp");
        } else if (new BigInteger(number).bitLength() > 63) {
            throw new Unexpected("'%s' is not a timestamp".formatted(number));
        }
    }

    private static void isFloat(String number, String what) throws Unexpected {
        if (!FLOAT.matcher(number).matches()) {
            throw new Unexpected("'%s' is not %s".formatted(number.replace("\r", "\\r"), what));
        }
        boolean digits = number.chars().anyMatch(Character::isDigit);
        if (digits && Double.isInfinite(Double.parseDouble(number))) {
            throw new Unexpected("'%s' is larger than a number can be".formatted(number));
        }
    }

    private void lineEnd() throws Unexpected {
        if (!take('\n')) {
            throw new Unexpected("the line doesn't end where it should");
        }
    }

    private String utf8(String value) throws Unexpected {
        if (!wellFormed && value.indexOf(REPLACEMENT) >= 0) {
            throw new Unexpected("not UTF-8");
        }
        return value;
    }

    private boolean take(char expected) {
        boolean there = at < text.length() && text.charAt(at) == expected;
        if (there) {
            at++;
        }
        return there;
    }

    private boolean take(Pattern pattern) {
        boolean there = matcher.usePattern(pattern).region(at, text.length()).lookingAt();
        if (there) {
            at = matcher.end();
        }
        return there;
    }

    private int lineNumber(int position) {
        return (int) text.substring(0, position).chars().filter(c -> c == '\n').count() + 1;
    }

    private String lineOf(int position) {
        int end = text.indexOf('\n', position);
        return text.substring(position, end < 0 ? text.length() : end);
    }

    /** The family of a sample: its own name, or that of its histogram, summary or counter. */
    private String familyOf(String sample) {
        String base = sample.replaceFirst("_(bucket|count|sum|total|created)$", "");
        return !drafts.containsKey(sample) && drafts.containsKey(base) ? base : sample;
    }

    /** A syntax error in a line. */
    private static final class Unexpected extends Exception {
        private final String reason;

        Unexpected(String reason) {
            super(reason);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }
}
