package dev.rollcall.order.client;

import io.helidon.webclient.api.ConnectedSocketChannelInfo;
import io.helidon.webclient.api.ConnectedSocketInfo;
import io.helidon.webclient.api.ConnectionListener;
import java.io.IOException;
import java.time.Duration;

/** Limits a TLS handshake. Helidon's client sets its read timeout only afterwards and would wait for ever. */
record HandshakeTimeout(Duration timeout) implements ConnectionListener {
    @Override
    public void socketConnected(ConnectedSocketInfo connection) throws IOException {
        connection.socket().setSoTimeout(Math.toIntExact(Math.max(1, timeout.toMillis())));
    }

    @Override
    public void socketChannelConnected(ConnectedSocketChannelInfo connection) {
        // a Unix domain socket; this client uses none
    }
}
