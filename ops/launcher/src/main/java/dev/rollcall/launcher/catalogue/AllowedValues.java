package dev.rollcall.launcher.catalogue;

import java.util.List;
import java.util.regex.Pattern;

/** The values that a label may have: a closed set, or a pattern if the set is not known beforehand. */
public sealed interface AllowedValues {

    /** Whether the label may have this value. */
    boolean allow(String value);

    /**
     * A closed set.
     *
     * @param values all allowed values
     */
    record Listed(List<String> values) implements AllowedValues {
        /** Requires at least one value. */
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
     * All values that match a pattern as a whole.
     *
     * @param pattern a regular expression
     * @param described the pattern in words
     */
    record Matching(Pattern pattern, String described) implements AllowedValues {
        @Override
        public boolean allow(String value) {
            return pattern.matcher(value).matches();
        }
    }
}
