package dev.rollcall.order.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

/** A client that sends an order's body byte by byte, without end. */
final class Trickle implements Callable<String> {
    private static final Duration PAUSE = Duration.ofMillis(300);
    private static final List<String> HEAD = List.of(
            "POST /orders HTTP/1.1",
            "Host: localhost",
            "Content-Type: application/json",
            "Content-Length: 60000",
            "",
            "");

    private final int port;

    Trickle(int port) {
        this.port = port;
    }

    /** The status line of the answer that ended it. */
    @Override
    public String call() throws InterruptedException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            var out = socket.getOutputStream();
            var in = socket.getInputStream();
            out.write(String.join("\r\n", HEAD).getBytes(StandardCharsets.US_ASCII));
            while (in.available() == 0) {
                out.write(' ');
                Thread.sleep(PAUSE);
            }
            return new String(in.readNBytes("HTTP/1.1 408".length()), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
