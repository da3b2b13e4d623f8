package dev.rollcall.launcher.doctor;

import dev.rollcall.rollcall.ServiceEntry;
import dev.rollcall.rollcall.Target;
import java.util.Comparator;

/** The identity of an examined instance. The id alone is ambiguous: another service may register the same one. */
record Subject(String service, String id) implements Comparable<Subject> {

    private static final Comparator<Subject> ORDER =
            Comparator.comparing(Subject::service).thenComparing(Subject::id);

    boolean is(ServiceEntry entry) {
        return entry.service().equals(service) && entry.id().equals(id);
    }

    boolean is(Target target) {
        return target.service().equals(service) && target.id().equals(id);
    }

    @Override
    public int compareTo(Subject other) {
        return ORDER.compare(this, other);
    }
}
