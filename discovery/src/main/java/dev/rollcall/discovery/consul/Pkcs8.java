package dev.rollcall.discovery.consul;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Wraps private keys of older formats in PKCS#8, the only format that Java reads. {@code openssl} writes the older RSA
 * format, {@code consul tls cert create} the older EC format.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5208#section-5">PKCS#8: PrivateKeyInfo</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5915#section-3">ECPrivateKey</a>
 */
final class Pkcs8 {
    private static final int INTEGER = 0x02;
    private static final int OCTETS = 0x04;
    private static final int SEQUENCE = 0x30;
    private static final int EC_PARAMETERS = 0xA0;

    private static final byte[] VERSION = {INTEGER, 1, 0};
    private static final byte[] RSA = HexFormat.of().parseHex("06092A864886F70D0101010500");
    private static final byte[] EC = HexFormat.of().parseHex("06072A8648CE3D0201");

    private Pkcs8() {}

    /** A PKCS#1 key ({@code BEGIN RSA PRIVATE KEY}). */
    static byte[] ofRsa(byte[] key) {
        return der(SEQUENCE, VERSION, der(SEQUENCE, RSA), der(OCTETS, key));
    }

    /**
     * A SEC 1 key ({@code BEGIN EC PRIVATE KEY}).
     *
     * @throws InvalidKeyException if it isn't one or doesn't name its curve
     */
    static byte[] ofEc(byte[] key) throws InvalidKeyException {
        try {
            ByteBuffer parts = value(ByteBuffer.wrap(key), SEQUENCE);
            value(parts, INTEGER);
            value(parts, OCTETS);
            ByteBuffer parameters = value(parts, EC_PARAMETERS);
            byte[] curve = new byte[parameters.remaining()];
            parameters.get(curve);
            return der(SEQUENCE, VERSION, der(SEQUENCE, EC, curve), der(OCTETS, key));
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new InvalidKeyException("not an EC key that names its curve", e);
        }
    }

    /** Reads the value of the next element. */
    private static ByteBuffer value(ByteBuffer from, int tag) {
        if ((from.get() & 0xFF) != tag) {
            throw new IllegalArgumentException("no element with tag " + tag);
        }
        int length = from.get() & 0xFF;
        if (length >= 0x80) {
            int bytes = length & 0x7F;
            length = 0;
            for (int i = 0; i < bytes; i++) {
                length = (length << 8) | (from.get() & 0xFF);
            }
        }
        ByteBuffer value = from.slice().limit(length);
        from.position(from.position() + length);
        return value;
    }

    /** An element of up to 65,535 bytes, enough for any key. */
    private static byte[] der(int tag, byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteBuffer element = ByteBuffer.allocate(4 + length).put((byte) tag);
        if (length >= 0x100) {
            element.put((byte) 0x82).put((byte) (length >> 8));
        } else if (length >= 0x80) {
            element.put((byte) 0x81);
        }
        element.put((byte) length);
        for (byte[] part : parts) {
            element.put(part);
        }
        return Arrays.copyOf(element.array(), element.position());
    }
}
