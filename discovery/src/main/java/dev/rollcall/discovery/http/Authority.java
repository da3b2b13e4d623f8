package dev.rollcall.discovery.http;

/**
 * Host and port as in URIs, in the {@code Host} header and in messages: an IPv6 address stands in brackets.
 *
 * <pre>{@code
 * Authority.of("::1", 7010)           // [::1]:7010
 * Authority.of("10.0.0.5", 7010)      // 10.0.0.5:7010
 * Authority.of("fe80::1%eth0", 7010)  // [fe80::1]:7010, as a zone is valid on this host only
 * }</pre>
 */
public final class Authority {
    private Authority() {}

    /**
     * Host and port.
     *
     * @param host host name or IP address, without brackets
     * @param port port
     */
    public static String of(String host, int port) {
        return host(withoutZone(host)) + ":" + port;
    }

    /** The host of a URI. An IPv6 address keeps its zone, which this host needs to connect. */
    public static String host(String host) {
        return host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
    }

    /** An address as other hosts use it. */
    public static String withoutZone(String host) {
        int zone = host.indexOf('%');
        return zone >= 0 && host.indexOf(':') >= 0 ? host.substring(0, zone) : host;
    }
}
