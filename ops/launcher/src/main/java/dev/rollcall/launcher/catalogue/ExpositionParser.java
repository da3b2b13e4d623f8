package dev.rollcall.launcher.catalogue;

import dev.rollcall.launcher.catalogue.Exposition.Family;
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
    private static final Pattern SUFFIX = Pattern.compile("_(bucket|count|sum|total|created)$");
    private static final String END = "# EOF";
    private static final char REPLACEMENT = '\ufffd';

    /** The tokens in which the two formats differ. */
    private record Format(
            Pattern blank,
            Pattern value,
            Pattern timestamp,
            Pattern labelValue,
            Pattern keyword,
            Pattern meta,
            Pattern types) {

        static final Format TEXT = new Format(
                Pattern.compile("[ \\t]*+"),
                Pattern.compile("[ \\t]*+([^{ \\t\\n]++)"),
                Pattern.compile("[ \\t]++(\\d++)"),
                Pattern.compile("\"((?s:[^\"\\\\]++|\\\\[^\\n])*+)\""),
                Pattern.compile("#[ \\t]++(HELP|TYPE)[ \\t]++"),
                Pattern.compile("(" + NAME + ")(?:[^\\n]([^\\n]*+))?"),
                Pattern.compile("counter|gauge|histogram|summary|untyped"));

        static final Format OPEN_METRICS = new Format(
                Pattern.compile(""),
                Pattern.compile(" ([^ \\n]++)"),
                Pattern.compile(" (?!# \\{)([^ \\n]++)"),
                Pattern.compile("\"((?:[^\"\\\\\\n]++|\\\\[^\\n])*+)\""),
                Pattern.compile("# (HELP|TYPE|UNIT) "),
                Pattern.compile("(" + NAME + ")(?: ([^\\n]*+))"),
                Pattern.compile("counter|gauge|gaugehistogram|histogram|info|stateset|summary|unknown"));
    }

    private static final Pattern METRIC_NAME = Pattern.compile(NAME);
    private static final Pattern REST = Pattern.compile("[^\\n]*+");
    private static final Pattern EXEMPLAR = Pattern.compile(" # (?=\\{)");

    private final String text;
    private final boolean wellFormed;
    private final boolean openMetrics;
    private final Format format;
    private final Matcher matcher;
    private final Map<String, Draft> drafts = new LinkedHashMap<>();
    private int line;
    private int at;

    /**
     * A parser of one exposition.
     *
     * @param wellFormed whether the bytes were valid UTF-8; if not, U+FFFD replaces the invalid ones
     */
    ExpositionParser(String text, boolean wellFormed, boolean openMetrics) {
        this.openMetrics = openMetrics;
        this.format = openMetrics ? Format.OPEN_METRICS : Format.TEXT;
        this.text = openMetrics || text.endsWith("\n") ? text : text + "\n";
        this.wellFormed = wellFormed;
        this.matcher = METRIC_NAME.matcher(this.text);
    }

    /** A family under construction. */
    private static final class Draft {
        String type = "untyped";
        String help = "";
        final List<Sample> samples = new ArrayList<>();
    }

    List<Family> parse() throws Malformed {
        boolean ended = false;
        while (at < text.length()) {
            line = at;
            ended = entry();
        }
        if (openMetrics && !ended) {
            throw new Malformed("it does not end with # EOF, as OpenMetrics has to");
        }
        return drafts.entrySet().stream()
                .map(draft -> new Family(
                        draft.getKey(), draft.getValue().type, draft.getValue().help, draft.getValue().samples))
                .toList();
    }

    /** Parses a line; true if it is OpenMetrics's end marker. */
    private boolean entry() throws Malformed {
        return openMetrics ? openMetricsEntry() : textEntry();
    }

    private boolean openMetricsEntry() throws Malformed {
        if (!text.startsWith(END, at)) {
            metaOrSample();
            return false;
        }
        at += END.length();
        if (at < text.length()) {
            lineEnd();
        }
        if (at < text.length()) {
            throw malformed("something follows " + END);
        }
        return true;
    }

    private boolean textEntry() throws Malformed {
        take(format.blank());
        if (take('\0')) {
            // Prometheus stops here
            at = text.length();
        } else if (!take('\n')) {
            metaOrSample();
        }
        return false;
    }

    private void metaOrSample() throws Malformed {
        if (take(format.keyword())) {
            meta(matcher.group(1));
            lineEnd();
        } else if (!openMetrics && take('#')) {
            take(REST);
            lineEnd();
        } else {
            sample();
        }
    }

    private void meta(String keyword) throws Malformed {
        if (!take(format.meta())) {
            throw malformed("the name of a metric should follow " + keyword);
        }
        String name = matcher.group(1);
        String value = matcher.group(2) == null ? "" : matcher.group(2);
        Draft draft = drafts.computeIfAbsent(name, key -> new Draft());
        switch (keyword) {
            case "TYPE" -> {
                if (!format.types().matcher(value).matches()) {
                    throw malformed("'%s' is no type".formatted(value));
                }
                draft.type = value;
            }
            case "UNIT" -> {
                if (!value.isEmpty() && !name.endsWith("_" + value)) {
                    throw malformed("the unit is no suffix of the name");
                }
            }
            default -> draft.help = Exposition.unescaped(utf8(value));
        }
    }

    private void sample() throws Malformed {
        if (!take(METRIC_NAME)) {
            throw malformed("neither a comment nor a sample");
        }
        String name = matcher.group();
        take(format.blank());
        Map<String, String> labels = labels();
        double value = number(format.value(), "a value");
        if (take(format.timestamp())) {
            timestamp(matcher.group(1));
        }
        if (openMetrics && take(EXEMPLAR)) {
            labels();
            number(format.value(), "the value of an exemplar");
            if (take(format.timestamp())) {
                timestamp(matcher.group(1));
            }
        }
        take(format.blank());
        lineEnd();
        drafts.computeIfAbsent(familyOf(name), key -> new Draft()).samples.add(new Sample(name, labels, value));
    }

    private Map<String, String> labels() throws Malformed {
        Map<String, String> labels = new TreeMap<>();
        if (!take('{')) {
            return labels;
        }
        take(format.blank());
        boolean more = !openMetrics;
        while (!take('}')) {
            if (!more && !labels.isEmpty()) {
                throw malformed("a comma is missing between labels");
            }
            if (!take(LABEL_NAME)) {
                throw malformed("the name of a label is missing");
            }
            String name = matcher.group();
            take(format.blank());
            if (!take('=')) {
                throw malformed("a label without =");
            }
            take(format.blank());
            if (!take(format.labelValue())) {
                throw malformed("the value of a label isn't in quotes");
            }
            if (labels.put(name, Exposition.unescaped(utf8(matcher.group(1)))) != null || name.equals("__name__")) {
                throw malformed("the label %s comes twice".formatted(name));
            }
            take(format.blank());
            boolean comma = take(',');
            take(format.blank());
            more = comma || !openMetrics;
            if (comma && openMetrics && at < text.length() && text.charAt(at) == '}') {
                throw malformed("a comma without a label after it");
            }
        }
        return labels;
    }

    private double number(Pattern pattern, String what) throws Malformed {
        if (!take(pattern)) {
            throw malformed(what + " is missing");
        }
        return number(matcher.group(1), what);
    }

    private void timestamp(String number) throws Malformed {
        if (openMetrics) {
            number(number, "a timestamp");
        } else if (new BigInteger(number).bitLength() > 63) {
            throw malformed("'%s' is not a timestamp".formatted(number));
        }
    }

    private double number(String token, String what) throws Malformed {
        if (!FLOAT.matcher(token).matches()) {
            throw malformed("'%s' is not %s".formatted(token.replace("\r", "\\r"), what));
        }
        if (token.chars().noneMatch(Character::isDigit)) {
            return token.equalsIgnoreCase("nan")
                    ? Double.NaN
                    : token.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        double number = Double.parseDouble(token);
        if (Double.isInfinite(number)) {
            throw malformed("'%s' is larger than a number can be".formatted(token));
        }
        return number;
    }

    private void lineEnd() throws Malformed {
        if (!take('\n')) {
            throw malformed("the line doesn't end where it should");
        }
    }

    private String utf8(String value) throws Malformed {
        if (!wellFormed && value.indexOf(REPLACEMENT) >= 0) {
            throw malformed("not UTF-8");
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

    /** A syntax error in the current line. */
    private Malformed malformed(String reason) {
        int end = text.indexOf('\n', line);
        int number =
                (int) text.substring(0, line).chars().filter(c -> c == '\n').count() + 1;
        return new Malformed(number, text.substring(line, end < 0 ? text.length() : end), reason);
    }

    /** The family of a sample: its own name, or that of its histogram, summary or counter. */
    private String familyOf(String sample) {
        String base = SUFFIX.matcher(sample).replaceFirst("");
        return !drafts.containsKey(sample) && drafts.containsKey(base) ? base : sample;
    }
}
