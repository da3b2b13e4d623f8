package dev.rollcall.discovery.registration;

import dev.rollcall.discovery.consul.ConsulUnavailableException;
import dev.rollcall.discovery.http.Authority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;

/** Finds the address at which others reach this host. */
final class OwnAddress {
    private static final System.Logger LOGGER = System.getLogger(OwnAddress.class.getName());
    private static final Cidr DOCKER_BRIDGE = Cidr.parse("172.17.0.0/16");

    private OwnAddress() {}

    /**
     * The address to register.
     *
     * @param bound address the public socket is bound to
     * @throws ConsulUnavailableException if the agent's address is needed and doesn't resolve yet
     * @throws IllegalArgumentException if no interface has an address in the configured range
     */
    static String find(ConsulFeatureConfig config, InetAddress bound) {
        URI agent = config.agent().url();
        String address = config.address().orElseGet(() -> {
            if (config.addressCidr().isPresent()) {
                return inRange(Cidr.parse(config.addressCidr().get()));
            }
            if (config.useHostName()) {
                return hostName();
            }
            return bound.isAnyLocalAddress() ? towards(agent) : literal(bound);
        });
        warnIfUnreachable(address, agent);
        return address;
    }

    private static String inRange(Cidr range) {
        List<String> addresses = interfaceAddresses().stream()
                .filter(range::contains)
                .map(OwnAddress::literal)
                .toList();
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("server.features.consul.address-cidr: " + range
                    + " (expected: a range that contains one of this host's addresses: "
                    + interfaceAddresses().stream()
                            .map(InetAddress::getHostAddress)
                            .toList() + ")");
        }
        return addresses.getFirst();
    }

    private static List<InetAddress> interfaceAddresses() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .toList();
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            throw new UncheckedIOException("This host can't resolve its own name", e);
        }
    }

    /** The address that this host uses towards the agent, which others on that network can reach. */
    private static String towards(URI agent) {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(InetAddress.getByName(agent.getHost()), Math.max(agent.getPort(), 1)));
            return literal(socket.getLocalAddress());
        } catch (IOException e) {
            throw new ConsulUnavailableException(
                    "This host found no address towards Consul at " + agent + ": " + e.getMessage(), e);
        }
    }

    private static void warnIfUnreachable(String address, URI agent) {
        if (isLoopback(agent.getHost())) {
            return;
        }
        boolean bridge = isLiteral(address) && DOCKER_BRIDGE.contains(literal(address));
        if (isLoopback(address) || bridge) {
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "{0} is registered in Consul on another host ({1}), which probably can''t reach it: set"
                            + " server.features.consul.address or address-cidr",
                    address,
                    agent);
        }
    }

    private static String literal(InetAddress address) {
        return Authority.withoutZone(address.getHostAddress());
    }

    private static boolean isLoopback(String host) {
        return "localhost".equals(host) || (isLiteral(host) && literal(host).isLoopbackAddress());
    }

    private static boolean isLiteral(String host) {
        return host.indexOf(':') >= 0
                || (!host.isEmpty() && host.chars().allMatch(c -> c == '.' || Character.isDigit(c)));
    }

    private static InetAddress literal(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("address: " + address + " (expected: an IP address)", e);
        }
    }
}
