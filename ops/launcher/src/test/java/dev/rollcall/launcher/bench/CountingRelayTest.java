package dev.rollcall.launcher.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class CountingRelayTest {

    @Test
    void countsEachRoundTripOnceHoweverItIsSent() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket listener = new ServerSocket(0, 0, loopback);
                CountingRelay relay = new CountingRelay(listener.getLocalPort());
                Socket client = new Socket(loopback, relay.port());
                Socket server = listener.accept()) {
            send(client, "first\nof two");
            assertReceives(server, "first\nof two");
            send(client, " parts");
            assertReceives(server, " parts");
            send(server, "answer");
            assertReceives(client, "answer");
            send(client, "second");
            assertReceives(server, "second");

            assertThat(relay.calls()).containsExactly("first", "second");
            assertThat(relay.bytes()).isEqualTo("first\nof two parts".length() + "answersecond".length());
        }
    }

    @Test
    void theEndOfOneSideEndsTheOther() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket listener = new ServerSocket(0, 0, loopback);
                CountingRelay relay = new CountingRelay(listener.getLocalPort());
                Socket client = new Socket(loopback, relay.port());
                Socket server = listener.accept()) {
            server.shutdownOutput();

            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void aServerThatDoesNotListenEndsTheConnection() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        int unused;
        try (ServerSocket listener = new ServerSocket(0, 0, loopback)) {
            unused = listener.getLocalPort();
        }
        try (CountingRelay relay = new CountingRelay(unused);
                Socket client = new Socket(loopback, relay.port())) {
            assertThat(client.getInputStream().read()).isEqualTo(-1);
            assertThat(relay.calls()).isEmpty();
        }
    }

    private static void send(Socket to, String text) throws IOException {
        to.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertReceives(Socket socket, String text) throws IOException {
        assertThat(socket.getInputStream().readNBytes(text.length())).asString().isEqualTo(text);
    }
}
