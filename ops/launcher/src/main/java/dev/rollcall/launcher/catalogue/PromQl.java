package dev.rollcall.launcher.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses as much of PromQL as needed to find the series that an expression reads. */
public final class PromQl {

    private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*+";
    private static final String STRING = "\"(?:[^\"\\\\]|\\\\.)*+\"|'(?:[^'\\\\]|\\\\.)*+'";
    private static final Pattern MATCHER =
            Pattern.compile("\\s*([a-zA-Z_]\\w*+)\\s*(=~|!~|!=|=)\\s*(" + STRING + ")\\s*,?");

    /** Alternatives in this order, so that tokens other than series match first. */
    private static final Pattern TOKEN = Pattern.compile(String.join(
            "|",
            STRING,
            "\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)",
            "\\[[^\\]]*\\]",
            "\\$\\{?\\w+\\}?",
            "(?<![\\w:])\\d[\\w.]*+",
            NAME + "\\s*\\(",
            "(?<name>" + NAME + ")(?:\\s*\\{(?<matchers>(?:" + MATCHER.pattern() + ")*+)\\s*\\})?"));

    /** Operators, numbers, and aggregations, which may be separated from their parenthesis by a clause. */
    private static final Set<String> WORDS = Set.of(
            ("and or unless offset bool atan2 inf nan Inf NaN start end sum min max avg group stddev stdvar count"
                            + " count_values bottomk topk quantile")
                    .split(" "));

    private PromQl() {}

    /**
     * A selector in an expression.
     *
     * @param series name of the series
     * @param labels labels that the series must have: those matched with = or =~, unless against a variable
     */
    public record Selector(String series, Set<String> labels) {
        /** Copies the labels. */
        public Selector {
            labels = Set.copyOf(labels);
        }
    }

    /** All selectors with a metric name in an expression. */
    public static List<Selector> selectors(String expression) {
        List<Selector> selectors = new ArrayList<>();
        Matcher token = TOKEN.matcher(expression);
        while (token.find()) {
            String name = token.group("name");
            if (name != null && !WORDS.contains(name)) {
                String matchers = token.group("matchers");
                selectors.add(new Selector(name, matchers == null ? Set.of() : required(matchers)));
            }
        }
        return selectors;
    }

    private static Set<String> required(String matchers) {
        Set<String> required = new TreeSet<>();
        Matcher matcher = MATCHER.matcher(matchers);
        while (matcher.find()) {
            boolean demands = matcher.group(2).equals("=") || matcher.group(2).equals("=~");
            if (demands && !matcher.group(3).contains("$")) {
                required.add(matcher.group(1));
            }
        }
        return required;
    }
}
