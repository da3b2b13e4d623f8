package dev.rollcall.discovery;

import io.helidon.webclient.api.DnsAddressLookup;
import io.helidon.webclient.spi.DnsResolver;
import java.io.UncheckedIOException;
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
            return InetAddress.getByAddress(host, addresses[0].getAddress());
        } catch (UnknownHostException e) {
            throw new UncheckedIOException(e);
        }
    }
}
