package dev.rollcall.launcher.doctor;

import dev.rollcall.rollcall.ServiceEntry;
import dev.rollcall.rollcall.Target;
import java.util.Comparator;

/** The identity of an examined instance. The id alone is ambiguous: another service may register the same one. */
record InstanceKey(String service, String id) implements Comparable<InstanceKey> {

    private static final Comparator<InstanceKey> ORDER =
            Comparator.comparing(InstanceKey::service).thenComparing(InstanceKey::id);

    static InstanceKey of(ServiceEntry entry) {
        return new InstanceKey(entry.service(), entry.id());
    }

    static InstanceKey of(Target target) {
        return new InstanceKey(target.service(), target.id());
    }

    @Override
    public int compareTo(InstanceKey other) {
        return ORDER.compare(this, other);
    }
}
