package dev.rollcall.discovery.registration;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * A range of IP addresses.
 *
 * @param network first address of the range
 * @param prefix number of leading bits that its addresses share
 */
record Cidr(InetAddress network, int prefix) {
    /**
     * Reads {@code 10.0.0.0/8} or {@code fd00::/8}.
     *
     * @throws IllegalArgumentException for anything else
     */
    static Cidr parse(String text) {
        String[] parts = text.split("/", -1);
        try {
            if (parts.length == 2 && !parts[0].isEmpty() && Character.digit(parts[0].charAt(0), 16) >= 0) {
                InetAddress network = InetAddress.getByName(parts[0]);
                int prefix = Integer.parseInt(parts[1]);
                if (prefix >= 0 && prefix <= network.getAddress().length * 8) {
                    return new Cidr(network, prefix);
                }
            }
        } catch (UnknownHostException | NumberFormatException e) {
            throw new IllegalArgumentException(expectation(text), e);
        }
        throw new IllegalArgumentException(expectation(text));
    }

    boolean contains(InetAddress address) {
        byte[] own = network.getAddress();
        byte[] other = address.getAddress();
        if (own.length != other.length) {
            return false;
        }
        int host = own.length * 8 - prefix;
        return new BigInteger(1, own).shiftRight(host).equals(new BigInteger(1, other).shiftRight(host));
    }

    @Override
    public String toString() {
        return network.getHostAddress() + "/" + prefix;
    }

    private static String expectation(String text) {
        return "address-cidr: " + text + " (expected: a network address and prefix length, for example 10.0.0.0/8)";
    }
}
