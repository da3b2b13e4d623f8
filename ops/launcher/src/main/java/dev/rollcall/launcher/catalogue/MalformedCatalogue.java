package dev.rollcall.launcher.catalogue;

/** The catalogue, a rule file or a dashboard is invalid. The message says where. */
public final class MalformedCatalogue extends RuntimeException {
    MalformedCatalogue(String message) {
        super(message);
    }

    MalformedCatalogue(String message, Throwable cause) {
        super(message, cause);
    }
}
