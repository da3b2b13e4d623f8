package dev.rollcall.discovery.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** Free ports. */
public final class Ports {
    private static final int LEAST = 10_000;
    private static final int FIRST_EPHEMERAL = 32_768;

    private Ports() {}

    /**
     * A free loopback port below 32,768, so that the kernel doesn't assign it to an outgoing connection before
     * something listens on it.
     */
    public static int free() {
        int port;
        do {
            port = ThreadLocalRandom.current().nextInt(LEAST, FIRST_EPHEMERAL);
        } while (!isFree(port));
        return port;
    }

    /** Several free ports for one program, different from each other and from {@code taken}. */
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
