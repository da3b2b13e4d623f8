package dev.rollcall.rollcall;

/** There was no usable answer. The message is one clause that starts with the called address. */
public sealed class NoAnswer extends Exception {
    /** @param message one clause that starts with the called address */
    public NoAnswer(String message) {
        super(message);
    }

    /** With the transport's exception. */
    public NoAnswer(String message, Throwable cause) {
        super(message, cause);
    }

    /** The message, never null. */
    public String reason() {
        return String.valueOf(getMessage());
    }

    /** The answer had a status other than 2xx. */
    public static final class Refused extends NoAnswer {
        private final int status;

        Refused(int status, String message) {
            super(message);
            this.status = status;
        }

        /** The HTTP status. */
        public int status() {
            return status;
        }
    }

    /** The answer exceeded the size limit. */
    public static final class TooLarge extends NoAnswer {
        private final String clause;

        TooLarge(String address, String clause, Throwable cause) {
            super(address + " " + clause, cause);
            this.clause = clause;
        }

        /** The message without the address. */
        public String clause() {
            return clause;
        }
    }
}
