package dev.rollcall.discovery.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that accepts connections and misbehaves. */
public final class BadPeer implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final String HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Consul-Index: 5\r\nConnection: close\r\n";

    /** How it misbehaves. */
    public enum Behaviour {
        /** Sends nothing, not even a TLS handshake. */
        SILENT,
        /** Sends endless headers, one byte at a time. */
        TRICKLED_HEADERS,
        /** Sends endless headers as fast as it can. */
        ENDLESS_HEADERS,
        /** Sends an endless body, one byte at a time. */
        TRICKLED_BODY,
        /** Sends an endless body as fast as it can. */
        ENDLESS_BODY,
        /** Sends half of a body and resets the connection. */
        RESET_IN_BODY,
        /** Sends something other than HTTP and closes the connection. */
        GARBAGE
    }

    private final ServerSocket server;
    private final Behaviour behaviour;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger taken = new AtomicInteger();

    /** Starts one on a loopback port. */
    public BadPeer(Behaviour behaviour) {
        this.behaviour = behaviour;
        try {
            this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("bad-peer").start(this::accept);
    }

    /** Where it is. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /** Where it is. */
    public int port() {
        return server.getLocalPort();
    }

    /** How many connections it has accepted. */
    public int connections() {
        return taken.get();
    }

    /** Whether it has accepted a connection and clients have closed all of them. */
    public boolean isAlone() {
        return taken.get() > 0 && open.isEmpty();
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                open.add(socket);
                taken.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException e) {
            // closed
            return;
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            OutputStream out = socket.getOutputStream();
            if (behaviour != Behaviour.SILENT) {
                // reads the request, or closing would reset the connection before the response arrives
                socket.getInputStream().read(new byte[64 * 1024]);
            }
            switch (behaviour) {
                case SILENT -> {
                    while (socket.getInputStream().read() >= 0) {
                        // until the client hangs up
                    }
                }
                case TRICKLED_HEADERS -> trickle(out, HEAD + "X-Long: ");
                case ENDLESS_HEADERS -> flood(out, HEAD, "X-More: " + "x".repeat(1000) + "\r\n");
                case TRICKLED_BODY -> trickle(out, HEAD + "\r\n");
                case ENDLESS_BODY -> flood(out, HEAD + "\r\n", " ".repeat(64 * 1024));
                case RESET_IN_BODY -> {
                    out.write(bytes(HEAD + "Content-Length: 1000\r\n\r\n{"));
                    Thread.sleep(PAUSE);
                    socket.setSoLinger(true, 0);
                }
                case GARBAGE -> out.write(bytes("SSH-2.0-OpenSSH_9.2\r\n\0\1\2\r\n\r\n"));
            }
        } catch (IOException | InterruptedException e) {
            // the client has hung up
            return;
        } finally {
            open.remove(socket);
        }
    }

    private static void trickle(OutputStream out, String start) throws IOException, InterruptedException {
        out.write(bytes(start));
        while (true) {
            out.write(' ');
            Thread.sleep(PAUSE);
        }
    }

    private static void flood(OutputStream out, String start, String more) throws IOException {
        out.write(bytes(start));
        while (true) {
            out.write(bytes(more));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
