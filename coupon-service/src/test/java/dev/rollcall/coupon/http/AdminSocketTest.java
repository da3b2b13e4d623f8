package dev.rollcall.coupon.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.coupon.testing.CouponServices;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdminSocketTest {
    @TempDir
    static Path folder;

    private static CouponServices services;
    private static int port;

    @BeforeAll
    static void start() {
        services = new CouponServices(folder);
        // registered or not, with all that the admin socket has to offer
        port = services.start(Map.of(
                        "server.features.consul.enabled", "true",
                        "server.features.consul.agent.url", "http://127.0.0.1:1"))
                .adminPort();
    }

    @AfterAll
    static void stop() {
        services.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET /metrics, 200",
        "GET /observe/health/live, 200",
        "GET /observe/health, 503",
        "GET /admin/discovery, 200",
        "PUT /admin/maintenance, 401",
        "GET /nowhere, 404",
        "DELETE /metrics, 404",
        "GET /%zz, 400"
    })
    void tellsBrowsersNeitherToGuessNorToFrameNorToKeep(String call, int status) throws IOException {
        String answer =
                raw(call + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").toLowerCase(Locale.ROOT);

        assertThat(answer)
                .startsWith("http/1.1 " + status + " ")
                .contains(
                        "x-content-type-options: nosniff\r\n",
                        "content-security-policy: default-src 'none'; frame-ancestors 'none'\r\n",
                        "referrer-policy: no-referrer\r\n")
                .containsPattern("\r\ncache-control: [^\r]*no-store")
                .doesNotContain("\r\nserver:");
    }

    private static String raw(String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
