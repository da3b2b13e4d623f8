package dev.rollcall.relay.demonstration;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.server.SMTPServer;

/** A mail server on the loopback address that takes every message and shows it instead of passing it on. */
public final class MailSink implements AutoCloseable {
    private static final int MAX_BYTES = 4 << 20;
    private static final int MAX_CONNECTIONS = 50;

    private final SMTPServer server;
    private final Inbox inbox;

    /**
     * A sink, not started.
     *
     * @param port its port, 0 for any
     * @param inbox where messages go
     */
    public MailSink(int port, Inbox inbox) {
        this.inbox = inbox;
        this.server = SMTPServer.port(port)
                .bindAddress(InetAddress.getLoopbackAddress())
                .softwareName("alert-relay")
                .maxMessageSize(MAX_BYTES)
                .maxConnections(MAX_CONNECTIONS)
                .messageHandlerFactory(Receiver::new)
                .build();
    }

    /**
     * Starts it.
     *
     * @throws IllegalStateException if its port is taken
     */
    public void start() {
        try {
            server.start();
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    "demonstration.smtp-port: 127.0.0.1:" + server.getPort()
                            + " can't be listened on (expected: a free port): " + e.getMessage(),
                    e);
        }
    }

    /**
     * The port that it listens on.
     *
     * @return a port
     */
    public int port() {
        return server.getPortAllocated();
    }

    @Override
    public void close() {
        server.stop();
    }

    /** One SMTP transaction. */
    private final class Receiver implements MessageHandler {
        private final List<String> recipients = new ArrayList<>();
        private String sender = "";

        Receiver(MessageContext context) {}

        @Override
        public void from(String from) {
            sender = from;
        }

        @Override
        public void recipient(String recipient) {
            recipients.add(recipient);
        }

        @Override
        public @Nullable String data(InputStream data) throws IOException {
            inbox.add(Mail.read(sender, recipients, data.readAllBytes()));
            // null: the server's own words
            return null;
        }

        @Override
        public void done() {
            recipients.clear();
        }
    }
}
