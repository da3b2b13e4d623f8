package dev.rollcall.order.fuzz;

import java.nio.charset.StandardCharsets;

/** One request as it goes over the wire. */
final class Shot {
    private static final int SHOWN = 600;

    private final boolean toCoupons;
    private final boolean head;
    private final boolean framed;
    private final boolean answered;
    private final byte[] bytes;

    Shot(boolean toCoupons, boolean head, boolean framed, boolean answered, byte[] bytes) {
        this.toCoupons = toCoupons;
        this.head = head;
        this.framed = framed;
        this.answered = answered;
        this.bytes = bytes;
    }

    /** Whether it goes to coupon-service instead of order-service. */
    boolean toCoupons() {
        return toCoupons;
    }

    /** Whether its answer has no body. */
    boolean head() {
        return head;
    }

    /** Whether server and client agree on where it ends, so that the connection may be used again. */
    boolean framed() {
        return framed;
    }

    /** Whether an answer must come; an aborted or too large request may find the connection closed. */
    boolean answered() {
        return answered;
    }

    /** Prologue, headers and body. */
    byte[] bytes() {
        return bytes;
    }

    @Override
    public String toString() {
        String text = new String(bytes, 0, Math.min(bytes.length, SHOWN), StandardCharsets.ISO_8859_1);
        return (toCoupons ? "coupon-service" : "order-service") + " (" + bytes.length + " bytes)\n" + text;
    }
}
