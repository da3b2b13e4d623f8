package dev.rollcall.launcher.catalogue;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The values that a label may have: a closed set, or a pattern if the set is not known beforehand.
 *
 * @param allows whether the label may have a value
 * @param described the values in words
 */
public record AllowedValues(Predicate<String> allows, String described) {

    /** A closed set of at least one value. */
    static AllowedValues of(List<String> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("a label without values (expected: a list of them, or a pattern)");
        }
        return new AllowedValues(values::contains, String.join(", ", values));
    }

    /** All values that match a pattern as a whole. */
    static AllowedValues matching(Pattern pattern, String described) {
        return new AllowedValues(pattern.asMatchPredicate(), described);
    }
}
