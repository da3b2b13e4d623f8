package dev.rollcall.discovery;

import com.ecwid.consul.v1.agent.model.NewService;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * What a running server wants to be in Consul.
 */
final class ServiceDefinition extends NewService {
    static final String PASSING = "passing";

    private ServiceDefinition() {}

    /**
     * Definition of a server whose sockets are open.
     *
     * @param bound address the public socket is bound to
     * @param sockets its real ports
     */
    static ServiceDefinition create(ConsulFeatureConfig config, InetAddress bound, Sockets sockets) {
        String name = config.name().orElseThrow();
        String address =
                config.address().orElseGet(() -> address(bound, config.agent().url()));
        ServiceDefinition definition = new ServiceDefinition();
        definition.setName(name);
        definition.setId(config.id().orElse(name + "-" + address + "-" + sockets.port()));
        definition.setAddress(address);
        definition.setPort(sockets.port());
        definition.setTags(config.tags());
        Map<String, String> meta = new HashMap<>(config.meta());
        meta.put("metrics_port", String.valueOf(sockets.adminPort()));
        meta.put("metrics_path", config.metricsPath());
        meta.put("metrics_scheme", sockets.adminScheme());
        meta.put("env", config.env());
        meta.put("version", config.version());
        definition.setMeta(meta);
        definition.setCheck(check(config, address, sockets));
        return definition;
    }

    /** Status of the check from registering to its first run: a repair must not turn a critical instance into a passing one. */
    void initialStatus(String status) {
        getCheck().setStatus(status);
    }

    private static Check check(ConsulFeatureConfig config, String address, Sockets sockets) {
        Check check = new Check();
        check.setHttp(
                sockets.adminScheme() + "://" + bracketed(address) + ":" + sockets.adminPort() + config.healthPath());
        check.setInterval(millis(config.checkInterval()));
        check.setTimeout(millis(config.checkTimeout()));
        check.setDeregisterCriticalServiceAfter(millis(config.deregisterCriticalAfter()));
        // the sockets are open: waiting for the first check would only delay the first scrape
        check.setStatus(PASSING);
        return check;
    }

    private static String address(InetAddress bound, URI agent) {
        return bound.isAnyLocalAddress() ? addressTowards(agent) : bound.getHostAddress();
    }

    /** The address from which this host would talk to the agent: the one that others on its network can use. */
    private static String addressTowards(URI agent) {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(InetAddress.getByName(agent.getHost()), Math.max(agent.getPort(), 1)));
            return socket.getLocalAddress().getHostAddress();
        } catch (SocketException | UnknownHostException e) {
            throw new ConsulUnavailableException("No address towards Consul at " + agent + ": " + e.getMessage(), e);
        }
    }

    private static String bracketed(String address) {
        return address.contains(":") ? "[" + address + "]" : address;
    }

    private static String millis(Duration duration) {
        return duration.toMillis() + "ms";
    }

    /**
     * Ports that the server got.
     *
     * @param port public port
     * @param adminPort port for health and metrics
     * @param adminScheme {@code http} or {@code https}
     */
    record Sockets(int port, int adminPort, String adminScheme) {}
}
