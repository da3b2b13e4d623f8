package dev.rollcall.discovery.http;

/**
 * A host and a port as URIs, the {@code Host} header and messages have them: an IPv6 address stands in brackets.
 *
 * <pre>{@code
 * Authority.of("::1", 7010)           // [::1]:7010
 * Authority.of("10.0.0.5", 7010)      // 10.0.0.5:7010
 * Authority.of("fe80::1%eth0", 7010)  // [fe80::1]:7010, as the zone means something on this host only
 * }</pre>
 */
public final class Authority {
    private Authority() {}

    /**
     * The two together.
     *
     * @param host host name or IP address, without brackets
     * @param port port
     */
    public static String of(String host, int port) {
        return host(withoutZone(host)) + ":" + port;
    }

    /** A host as the host of a URI. An IPv6 address keeps its zone, without which this host can't connect to it. */
    public static String host(String host) {
        return host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
    }

    /** An address as other hosts may use it. */
    public static String withoutZone(String host) {
        int zone = host.indexOf('%');
        return zone >= 0 && host.indexOf(':') >= 0 ? host.substring(0, zone) : host;
    }
}
