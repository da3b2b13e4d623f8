package dev.rollcall.launcher.catalogue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a service answered to a scrape, in the Prometheus text format.
 *
 * @param families in the order in which they came
 * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">Exposition formats</a>
 */
public record Exposition(List<Family> families) {

    private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*+";
    private static final Pattern META = Pattern.compile("#\\s+(HELP|TYPE)\\s+(" + NAME + ")(?:\\s+(.*))?");
    private static final Pattern LABEL =
            Pattern.compile("\\s*([a-zA-Z_][a-zA-Z0-9_]*+)\\s*=\\s*\"([^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\"\\s*");
    private static final Pattern SAMPLE = Pattern.compile("(" + NAME + ")\\s*(?:\\{((?:" + LABEL.pattern()
            + ",?)*+)\\s*\\})?\\s*(\\S+)(?:\\s+-?[\\d.]+)?(?:\\s+#\\s.*)?");
    private static final Pattern NUMBER = Pattern.compile("[+-]?(?:NaN|Inf|[\\d.]+(?:[eE][+-]?\\d+)?)");
    private static final int LONGEST_QUOTE = 60;

    /** Its families are no longer changed. */
    public Exposition {
        families = List.copyOf(families);
    }

    /**
     * A metric with all of its series.
     *
     * @param type as announced, {@code untyped} if it was not
     * @param help as announced, empty if it was not
     */
    public record Family(String name, String type, String help, List<Sample> samples) {
        /** Its samples are no longer changed. */
        public Family {
            samples = List.copyOf(samples);
        }
    }

    /** The labels of one series. */
    public record Sample(String name, Map<String, String> labels) {}

    /** How many samples there are in all. */
    public int size() {
        return families.stream().mapToInt(family -> family.samples().size()).sum();
    }

    /**
     * Reads a scrape.
     *
     * @throws Malformed at the first line that is neither a comment nor a sample
     */
    public static Exposition parse(String text) throws Malformed {
        Map<String, Draft> drafts = new LinkedHashMap<>();
        int number = 0;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            number++;
            Matcher meta = META.matcher(line);
            if (meta.matches()) {
                Draft draft = drafts.computeIfAbsent(meta.group(2), name -> new Draft());
                String value = meta.group(3) == null ? "" : meta.group(3);
                if (meta.group(1).equals("HELP")) {
                    draft.help = unescaped(value);
                } else {
                    draft.type = value.strip();
                }
            } else if (!line.isBlank() && !line.startsWith("#")) {
                Sample sample = sample(line, number);
                drafts.computeIfAbsent(familyOf(sample.name(), drafts), name -> new Draft())
                        .samples
                        .add(sample);
            }
        }
        List<Family> families = new ArrayList<>();
        drafts.forEach((name, draft) -> families.add(new Family(name, draft.type, draft.help, draft.samples)));
        return new Exposition(families);
    }

    private static Sample sample(String line, int number) throws Malformed {
        Matcher sample = SAMPLE.matcher(line);
        if (!sample.matches() || !NUMBER.matcher(sample.group(5)).matches()) {
            throw new Malformed(number, line.length() > LONGEST_QUOTE ? line.substring(0, LONGEST_QUOTE) + "…" : line);
        }
        Map<String, String> labels = new TreeMap<>();
        if (sample.group(2) != null) {
            LABEL.matcher(sample.group(2)).results().forEach(it -> labels.put(it.group(1), unescaped(it.group(2))));
        }
        return new Sample(sample.group(1), labels);
    }

    /** The family that a sample belongs to: its own, or the histogram or summary that it is a part of. */
    private static String familyOf(String sample, Map<String, Draft> drafts) {
        String base = sample.replaceFirst("_(bucket|count|sum|total|created)$", "");
        return !drafts.containsKey(sample) && drafts.containsKey(base) ? base : sample;
    }

    private static String unescaped(String text) {
        return text.replace("\\n", "\n").replace("\\\"", "\"").replace("\\\\", "\\");
    }

    private static final class Draft {
        private String type = "untyped";
        private String help = "";
        private final List<Sample> samples = new ArrayList<>();
    }

    /** Not the text format. */
    public static final class Malformed extends Exception {
        Malformed(int number, String line) {
            super("line %d is neither a comment nor a sample: %s".formatted(number, line));
        }
    }
}
