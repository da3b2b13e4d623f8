package dev.rollcall.launcher.catalogue;

import java.util.List;
import java.util.regex.Pattern;

/** What a label may say: a closed set, or what a pattern bounds where the set is not known beforehand. */
public sealed interface AllowedValues {

    /** Whether the label may say this. */
    boolean allow(String value);

    /**
     * A closed set.
     *
     * @param values all there are
     */
    record Listed(List<String> values) implements AllowedValues {
        /** Of one value at least. */
        public Listed {
            values = List.copyOf(values);
            if (values.isEmpty()) {
                throw new IllegalArgumentException("a label without values (expected: a list of them, or a pattern)");
            }
        }

        @Override
        public boolean allow(String value) {
            return values.contains(value);
        }
    }

    /**
     * Whatever matches as a whole.
     *
     * @param pattern a regular expression
     * @param described the same in words
     */
    record Matching(Pattern pattern, String described) implements AllowedValues {
        @Override
        public boolean allow(String value) {
            return pattern.matcher(value).matches();
        }
    }
}
