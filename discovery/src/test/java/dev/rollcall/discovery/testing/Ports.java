package dev.rollcall.discovery.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * Ports that nothing listens on.
 */
public final class Ports {
    private static final int LEAST = 10_000;
    private static final int FIRST_EPHEMERAL = 32_768;

    private Ports() {}

    /**
     * A port of the loopback address that was free a moment ago, and that the kernel doesn't give to an outgoing connection
     * before it is listened on: it takes those from 32,768 on.
     */
    public static int free() {
        int port;
        do {
            port = ThreadLocalRandom.current().nextInt(LEAST, FIRST_EPHEMERAL);
        } while (!isFree(port));
        return port;
    }

    /** Several such ports for one program: they differ from each other and from the one that it has already. */
    static List<Integer> beside(int taken, int count) {
        return Stream.generate(Ports::free)
                .filter(port -> port != taken)
                .distinct()
                .limit(count)
                .toList();
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
