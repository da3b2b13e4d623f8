package dev.rollcall.relay;

import io.helidon.webserver.WebServer;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Where this instance listens, known once it does: the stand-ins of a demonstration are called through it. */
final class OwnAddress {
    private volatile @Nullable WebServer server;

    void set(WebServer running) {
        server = running;
    }

    URI api() {
        return URI.create("http://127.0.0.1:" + running().port());
    }

    URI admin() {
        return URI.create("http://127.0.0.1:" + running().port(AlertRelay.ADMIN));
    }

    private WebServer running() {
        WebServer running = server;
        if (running == null) {
            throw new IllegalStateException("the server does not listen yet");
        }
        return running;
    }
}
