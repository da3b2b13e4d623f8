package dev.rollcall.launcher;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Where the platform listens on the loopback address: on the usual ports, but for those that were chosen. */
record Ports(@JsonValue Map<Port, Integer> chosen) {

    static final Ports USUAL = new Ports(Map.of());

    @JsonCreator
    Ports {
        chosen = Map.copyOf(chosen);
        Map<Integer, Port> owners = new HashMap<>();
        for (Port port : Port.values()) {
            int number = chosen.getOrDefault(port, port.usual());
            Port other = owners.put(number, port);
            if (other != null) {
                throw new CommandFailure("port %d is for %s and for %s: choose another with %s or %s"
                        .formatted(number, other.listener(), port.listener(), other.option(), port.option()));
            }
        }
    }

    /** Ports nobody uses right now, for a platform beside another one. */
    static Ports anyFree() {
        Map<Port, Integer> chosen = new EnumMap<>(Port.class);
        Iterator<Integer> free = free(Port.values().length).iterator();
        for (Port port : Port.values()) {
            chosen.put(port, free.next());
        }
        return new Ports(chosen);
    }

    int of(Port port) {
        return chosen.getOrDefault(port, port.usual());
    }

    /** These, but for one. */
    Ports with(Port port, int number) {
        Map<Port, Integer> next = new EnumMap<>(Port.class);
        next.putAll(chosen);
        next.put(port, number);
        return new Ports(next);
    }

    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    static int free() {
        return free(1).getFirst();
    }

    /** Held together while they are looked for, so that they differ. */
    static List<Integer> free(int count) {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return held.stream().map(ServerSocket::getLocalPort).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port on the loopback address", e);
        } finally {
            held.forEach(Ports::close);
        }
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
