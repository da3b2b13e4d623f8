package dev.rollcall.launcher.bench;

import dev.rollcall.launcher.platform.CommandFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Stands between clients and a server on this machine, and counts calls and bytes. A call begins with what a client
 * sends first, or first after an answer; so it is a round trip, whatever the protocol.
 */
final class CountingRelay implements AutoCloseable {

    private static final int BUFFER_BYTES = 64 * 1024;

    private final int server;
    private final ServerSocket listener;
    private final Queue<Socket> open = new ConcurrentLinkedQueue<>();
    private final Queue<String> calls = new ConcurrentLinkedQueue<>();
    private final AtomicLong bytes = new AtomicLong();

    /** @param server the server's port; it need not listen yet */
    CountingRelay(int server) {
        this.server = server;
        try {
            this.listener = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new CommandFailure("cannot open a port: " + e.getMessage(), e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** The first line of each call so far. */
    List<String> calls() {
        return List.copyOf(calls);
    }

    /** The bytes so far, in both directions. */
    long bytes() {
        return bytes.get();
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new CommandFailure("cannot close a connection: " + e.getMessage(), e);
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                Thread.ofVirtual().start(() -> serve(client));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket client) {
        AtomicBoolean answered = new AtomicBoolean(true);
        try (client;
                Socket upstream = new Socket(InetAddress.getLoopbackAddress(), server)) {
            open.add(client);
            open.add(upstream);
            Thread.ofVirtual().start(() -> forward(upstream, client, line -> answered.set(true)));
            forward(client, upstream, line -> {
                if (answered.getAndSet(false)) {
                    calls.add(line);
                }
            });
        } catch (IOException e) {
            // the server does not listen yet
        }
    }

    /** Forwards until one side ends, then closes both. Tells the first line of each chunk before it sends it. */
    private void forward(Socket from, Socket to, Consumer<String> sends) {
        try (from;
                to) {
            to.setTcpNoDelay(true);
            byte[] chunk = new byte[BUFFER_BYTES];
            for (int size = from.getInputStream().read(chunk);
                    size > 0;
                    size = from.getInputStream().read(chunk)) {
                bytes.addAndGet(size);
                sends.accept(new String(chunk, 0, size, StandardCharsets.ISO_8859_1)
                        .lines()
                        .findFirst()
                        .orElse(""));
                to.getOutputStream().write(chunk, 0, size);
            }
        } catch (IOException e) {
            // one side is gone, and with it the connection
        }
    }
}
