package dev.rollcall.order.client;

import io.helidon.webclient.api.ConnectedSocketChannelInfo;
import io.helidon.webclient.api.ConnectedSocketInfo;
import io.helidon.webclient.api.ConnectionListener;
import java.io.IOException;
import java.time.Duration;

/** Bounds a TLS handshake, in which Helidon's client would wait for ever: it sets its read timeout only afterwards. */
record HandshakeTimeout(Duration timeout) implements ConnectionListener {
    @Override
    public void socketConnected(ConnectedSocketInfo connection) throws IOException {
        connection.socket().setSoTimeout(Math.toIntExact(Math.max(1, timeout.toMillis())));
    }

    @Override
    public void socketChannelConnected(ConnectedSocketChannelInfo connection) {
        // a Unix domain socket, of which this client has none
    }
}
