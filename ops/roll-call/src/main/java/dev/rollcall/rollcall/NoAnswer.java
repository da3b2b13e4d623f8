package dev.rollcall.rollcall;

/** No usable answer came. The message is one clause, starting with the address that was asked. */
public sealed class NoAnswer extends Exception {
    /** One clause, starting with the address that was asked. */
    public NoAnswer(String message) {
        super(message);
    }

    /** The same, with what the transport threw. */
    public NoAnswer(String message, Throwable cause) {
        super(message, cause);
    }

    /** The message, never null. */
    public String reason() {
        return String.valueOf(getMessage());
    }

    /** It answered with a status other than 2xx. */
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

    /** It answered with more bytes than are read. */
    public static final class TooLarge extends NoAnswer {
        private final String clause;

        TooLarge(String address, String clause, Throwable cause) {
            super(address + " " + clause, cause);
            this.clause = clause;
        }

        /** The message without the address: how much is too much. */
        public String clause() {
            return clause;
        }
    }
}
