package dev.rollcall.discovery.http;

/**
 * Host and port as in URIs, {@code Host} headers and messages, with brackets around an IPv6 address.
 *
 * <pre>{@code
 * Authority.of("::1", 7010)           // [::1]:7010
 * Authority.of("10.0.0.5", 7010)      // 10.0.0.5:7010
 * Authority.of("fe80::1%eth0", 7010)  // [fe80::1]:7010, as a zone is valid on this host only
 * }</pre>
 */
public final class Authority {
    private Authority() {}

    /** Host and port; {@code host} is a host name or an IP address without brackets. */
    public static String of(String host, int port) {
        return host(withoutZone(host)) + ":" + port;
    }

    /** The host as in a URI. An IPv6 address keeps its zone, which this host needs to connect. */
    public static String host(String host) {
        return host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
    }

    /** An address as other hosts use it. */
    public static String withoutZone(String host) {
        int zone = host.indexOf('%');
        return zone >= 0 && host.indexOf(':') >= 0 ? host.substring(0, zone) : host;
    }
}
