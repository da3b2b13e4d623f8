package dev.rollcall.relay.alertmanager;

import dev.rollcall.relay.domain.Notification;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The result of parsing a body. */
public sealed interface Parsed {
    /**
     * A notification.
     *
     * @param notification the notification
     */
    record Valid(Notification notification) implements Parsed {}

    /**
     * Not a JSON object.
     *
     * @param detail what is wrong, in one line
     */
    record NoJson(String detail) implements Parsed {}

    /**
     * JSON that is not a notification.
     *
     * @param errors what is expected, by JSON pointer
     */
    record Invalid(Map<String, String> errors) implements Parsed {
        /** Copies the map, in its order. */
        public Invalid {
            errors = Collections.unmodifiableMap(new LinkedHashMap<>(errors));
        }
    }
}
