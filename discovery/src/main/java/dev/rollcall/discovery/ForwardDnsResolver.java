package dev.rollcall.discovery;

import dev.rollcall.discovery.http.Authority;
import io.helidon.webclient.api.DnsAddressLookup;
import io.helidon.webclient.spi.DnsResolver;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Resolves a host to an address that keeps the host as its name. Helidon verifies a certificate against the name of the
 * address it connects to, which for a bare IP address comes from reverse DNS and can't be trusted.
 */
final class ForwardDnsResolver implements DnsResolver {
    static final ForwardDnsResolver INSTANCE = new ForwardDnsResolver();

    private ForwardDnsResolver() {}

    @Override
    public InetAddress resolveAddress(String host, DnsAddressLookup lookup) {
        try {
            InetAddress[] addresses = lookup.filter(InetAddress.getAllByName(host));
            if (addresses.length == 0) {
                throw new UnknownHostException(host + " has no address of the requested IP version");
            }
            return named(host, addresses[0]);
        } catch (UnknownHostException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A certificate names an IPv6 address without brackets and zone; the connection needs the zone. */
    private static InetAddress named(String host, InetAddress address) throws UnknownHostException {
        if (address instanceof Inet6Address inet6 && host.indexOf(':') >= 0) {
            String literal = Authority.withoutZone(host.replaceAll("[\\[\\]]", ""));
            return Inet6Address.getByAddress(literal, address.getAddress(), inet6.getScopeId());
        }
        return InetAddress.getByAddress(host, address.getAddress());
    }
}
