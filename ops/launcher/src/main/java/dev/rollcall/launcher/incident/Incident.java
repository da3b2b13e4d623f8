package dev.rollcall.launcher.incident;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An incident that can be replayed: it injects a fault that platforms do have. */
public sealed interface Incident permits InstanceKilled, CouponServiceSlow, CouponAbuse, ConsulAway, OrdersStalled {

    /** All incidents. */
    static List<Incident> all() {
        return List.of(
                new InstanceKilled(),
                new CouponServiceSlow(),
                new CouponAbuse(),
                new ConsulAway(),
                new OrdersStalled());
    }

    /** The name on the command line. */
    default String name() {
        return Arrays.stream(getClass().getSimpleName().split("(?=\\p{Lu})"))
                .map(word -> word.toLowerCase(Locale.ROOT))
                .collect(Collectors.joining("-"));
    }

    /** What it does, for the list of incidents. */
    String story();

    /** Injects the fault; closing the result removes it. */
    Fault begin(IncidentContext context);

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
