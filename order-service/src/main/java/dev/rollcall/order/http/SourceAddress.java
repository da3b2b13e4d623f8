package dev.rollcall.order.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The source address of a request. Any client can send {@code X-Forwarded-For}, so only what trusted proxies added to it
 * counts: read from the right, the first address that is no trusted proxy. An IPv6 address counts by its /64 network, because
 * one host has 2<sup>64</sup> addresses.
 */
final class SourceAddress {
    private static final HeaderName FORWARDED_FOR = HeaderNames.create("X-Forwarded-For");
    // anything else would be looked up in DNS
    private static final Pattern LITERAL = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final int NETWORK_BYTES = 8;

    private final Set<InetAddress> proxies;

    /**
     * Trusts some proxies.
     *
     * @param proxies their IP addresses
     * @throws IllegalArgumentException if one is no IP address
     */
    SourceAddress(Collection<String> proxies) {
        this.proxies = proxies.stream().map(SourceAddress::literal).collect(Collectors.toUnmodifiableSet());
    }

    String of(ServerRequest request) {
        InetAddress peer = request.remotePeer().address() instanceof InetSocketAddress socket
                ? socket.getAddress()
                : InetAddress.getLoopbackAddress();
        List<String> hops = request.headers().values(FORWARDED_FOR).stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .toList();
        for (int i = hops.size() - 1; i >= 0 && proxies.contains(peer); i--) {
            try {
                peer = literal(hops.get(i));
            } catch (IllegalArgumentException e) {
                // a proxy that hides its clients stands for all of them
                break;
            }
        }
        return network(peer);
    }

    private static InetAddress literal(String address) {
        try {
            if (LITERAL.matcher(address).matches()) {
                return InetAddress.getByName(address);
            }
        } catch (UnknownHostException e) {
            // refused below
        }
        throw new IllegalArgumentException(address + " (expected: an IP address)");
    }

    private static String network(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length <= NETWORK_BYTES) {
            return address.getHostAddress();
        }
        Arrays.fill(bytes, NETWORK_BYTES, bytes.length, (byte) 0);
        try {
            return InetAddress.getByAddress(bytes).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("16 bytes are an IPv6 address", e);
        }
    }
}
