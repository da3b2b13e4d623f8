package dev.rollcall.order.domain;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * What a client calls one order by, so that sending it again doesn't order again.
 *
 * @param value the client's own name for it
 * @param fingerprint of what was ordered under it: SHA-256, hexadecimal
 */
public record IdempotencyKey(String value, String fingerprint) {
    /** What a key looks like: visible ASCII characters. */
    public static final Pattern FORM = Pattern.compile("[!-~]{1,255}");

    /** Checks the form. */
    public IdempotencyKey {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("key: " + value + " (expected: 1 to 255 visible ASCII characters)");
        }
    }

    /**
     * A key for a cart. The same cart has the same fingerprint, however its JSON was laid out.
     *
     * @param value the client's name
     * @param cart what is ordered under it
     * @return the key
     */
    public static IdempotencyKey of(String value, Cart cart) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            // lengths go before texts and lists: no two carts make the same bytes
            try (var out = new DataOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), digest))) {
                out.writeUTF(cart.customerId());
                out.writeUTF(cart.currency());
                out.writeUTF(cart.coupon().orElse(""));
                out.writeInt(cart.lines().size());
                for (Line line : cart.lines()) {
                    out.writeUTF(line.sku());
                    out.writeLong(line.quantity());
                    out.writeLong(line.unitPrice());
                }
            }
            return new IdempotencyKey(value, HexFormat.of().formatHex(digest.digest()));
        } catch (IOException e) {
            throw new UncheckedIOException("a digest can't fail to be written", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
