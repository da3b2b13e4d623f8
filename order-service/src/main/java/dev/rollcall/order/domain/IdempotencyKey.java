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
 * The key under which a client may send one order again without ordering twice.
 *
 * @param value the client's key
 * @param fingerprint SHA-256 of the cart, hexadecimal
 */
public record IdempotencyKey(String value, String fingerprint) {
    /** A key: visible ASCII characters. */
    public static final Pattern FORM = Pattern.compile("[!-~]{1,255}");

    public IdempotencyKey {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("key: " + value + " (expected: 1 to 255 visible ASCII characters)");
        }
    }

    /** The key of a cart. The same cart has the same fingerprint, whatever the layout of its JSON. */
    public static IdempotencyKey of(String value, Cart cart) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            // lengths precede texts and lists: no two carts make the same bytes
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
