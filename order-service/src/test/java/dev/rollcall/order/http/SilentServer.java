package dev.rollcall.order.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes requests and never answers, until it is closed. */
final class SilentServer implements AutoCloseable {
    private final ServerSocket server;
    private final List<Socket> callers = new CopyOnWriteArrayList<>();
    private final List<String> lines = new CopyOnWriteArrayList<>();

    SilentServer() {
        try {
            server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    int callers() {
        return callers.size();
    }

    /** What was sent to it so far, line by line. */
    List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        hangUp();
    }

    /** Ends all of its connections, and takes no more. */
    void hangUp() {
        try {
            server.close();
            for (Socket caller : callers) {
                caller.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        try {
            while (!server.isClosed()) {
                Socket caller = server.accept();
                callers.add(caller);
                Thread.ofVirtual().start(() -> read(caller));
            }
        } catch (IOException e) {
            // closed
            return;
        }
    }

    private void read(Socket caller) {
        try (var reader = new BufferedReader(new InputStreamReader(caller.getInputStream(), StandardCharsets.UTF_8))) {
            reader.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException e) {
            // closed
            return;
        }
    }
}
