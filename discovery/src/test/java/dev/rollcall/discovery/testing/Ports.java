package dev.rollcall.discovery.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

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

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
