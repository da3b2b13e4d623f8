package dev.rollcall.discovery;

import dev.rollcall.discovery.http.Authority;
import io.helidon.webclient.api.DnsAddressLookup;
import io.helidon.webclient.spi.DnsResolver;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Addresses that bear the name by which they were asked for. Helidon holds a certificate against the name of the address
 * it connects to, which for a mere IP address is whatever reverse DNS says: somebody else's word.
 */
final class NamedAddresses implements DnsResolver {
    static final NamedAddresses INSTANCE = new NamedAddresses();

    private NamedAddresses() {}

    @Override
    public InetAddress resolveAddress(String host, DnsAddressLookup lookup) {
        try {
            InetAddress[] addresses = lookup.filter(InetAddress.getAllByName(host));
            if (addresses.length == 0) {
                throw new UnknownHostException(host + " has no address of the kind that is looked for");
            }
            return named(host, addresses[0]);
        } catch (UnknownHostException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A certificate for an IPv6 address has it without brackets and zone; the connection needs the zone. */
    private static InetAddress named(String host, InetAddress address) throws UnknownHostException {
        if (address instanceof Inet6Address inet6 && host.indexOf(':') >= 0) {
            String literal = Authority.withoutZone(host.replaceAll("[\\[\\]]", ""));
            return Inet6Address.getByAddress(literal, address.getAddress(), inet6.getScopeId());
        }
        return InetAddress.getByAddress(host, address.getAddress());
    }
}
