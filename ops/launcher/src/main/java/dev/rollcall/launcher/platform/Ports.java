package dev.rollcall.launcher.platform;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** The platform's ports on the loopback address: the defaults, except for the chosen ones. */
public record Ports(@JsonValue Map<Port, Integer> chosen) {

    /** The address on which every part of a local platform listens. */
    public static final String HOST = "127.0.0.1";

    public static final Ports DEFAULTS = new Ports(Map.of());

    private static final int LEAST_FREE = 10_000;
    /** Start of Linux's default net.ipv4.ip_local_port_range. */
    private static final int FIRST_EPHEMERAL = 32_768;

    @JsonCreator
    public Ports {
        chosen = Map.copyOf(chosen);
    }

    /**
     * These ports; fails if two are the same. Recorded ports may be: a later version can have a default that an earlier
     * one let its user choose for something else.
     */
    public Ports distinct() {
        Map<Integer, Port> owners = new HashMap<>();
        for (Port port : Port.values()) {
            Port other = owners.put(of(port), port);
            if (other != null) {
                throw new CommandFailure("port %d is for %s and for %s: choose another with %s or %s"
                        .formatted(of(port), other.listener(), port.listener(), other.option(), port.option()));
            }
        }
        return this;
    }

    public int of(Port port) {
        return chosen.getOrDefault(port, port.defaultNumber());
    }

    /** Host and port, like {@code 127.0.0.1:8500}. */
    public String address(Port port) {
        return HOST + ":" + of(port);
    }

    /** The HTTP URL of what listens there. */
    public URI uri(Port port) {
        return URI.create("http://" + address(port));
    }

    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * A random port outside the kernel's ephemeral range: no outgoing connection can take it before the part listens.
     */
    public static int random() {
        return ThreadLocalRandom.current().nextInt(LEAST_FREE, FIRST_EPHEMERAL);
    }

    public static CommandFailure noneFree() {
        return new CommandFailure("no free port from %d to %d on the loopback address: end what listens there"
                .formatted(LEAST_FREE, FIRST_EPHEMERAL - 1));
    }
}
