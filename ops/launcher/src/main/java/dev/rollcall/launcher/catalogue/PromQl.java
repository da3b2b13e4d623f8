package dev.rollcall.launcher.catalogue;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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
        return TOKEN.matcher(expression)
                .results()
                .filter(token -> token.group("name") != null && !WORDS.contains(token.group("name")))
                .map(token -> new Selector(token.group("name"), required(token.group("matchers"))))
                .toList();
    }

    private static Set<String> required(@Nullable String matchers) {
        return MATCHER.matcher(matchers == null ? "" : matchers)
                .results()
                .filter(matcher ->
                        matcher.group(2).matches("=~?") && !matcher.group(3).contains("$"))
                .map(matcher -> matcher.group(1))
                .collect(Collectors.toSet());
    }
}
