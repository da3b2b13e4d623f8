package dev.rollcall.launcher.doctor;

/** Nothing came back that could be used; the message is a part of a sentence that tells why. */
final class NoAnswer extends Exception {
    private final int status;

    NoAnswer(String message) {
        this(0, message);
    }

    /** An answer came, with a status that is no success. */
    NoAnswer(int status, String message) {
        super(message);
        this.status = status;
    }

    /** Status of the answer; 0 if there was none, or none that can be understood. */
    int status() {
        return status;
    }
}
