package dev.rollcall.launcher.doctor;

/** Nothing came back that could be used; the message is a part of a sentence that tells why. */
final class NoAnswer extends Exception {
    NoAnswer(String message) {
        super(message);
    }
}
