package dev.rollcall.launcher.incident;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Trouble that happens to a platform sooner or later, and can be had now. */
public sealed interface Incident permits InstanceKilled, CouponServiceSlow, CouponAbuse, ConsulAway, OrdersStalled {

    /** Those there are. */
    static List<Incident> all() {
        return List.of(
                new InstanceKilled(),
                new CouponServiceSlow(),
                new CouponAbuse(),
                new ConsulAway(),
                new OrdersStalled());
    }

    /** What a user calls it. */
    default String name() {
        return Arrays.stream(getClass().getSimpleName().split("(?=\\p{Lu})"))
                .map(word -> word.toLowerCase(Locale.ROOT))
                .collect(Collectors.joining("-"));
    }

    /** What happens, in a sentence. */
    String story();

    /** Makes it happen; closing what is returned ends it. */
    Trouble begin(Scene scene);

    /** Finds an incident by its name. */
    final class Parser implements ITypeConverter<Incident> {
        @Override
        public Incident convert(String text) {
            return all().stream()
                    .filter(incident -> incident.name().equals(text))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("'%s' (expected: one of %s)"
                            .formatted(text, all().stream().map(Incident::name).collect(Collectors.joining(", ")))));
        }
    }
}
