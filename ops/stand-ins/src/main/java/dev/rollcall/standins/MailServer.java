package dev.rollcall.standins;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.server.SMTPServer;

/** An SMTP server that accepts every message and shows it instead of passing it on. */
final class MailServer implements AutoCloseable {
    private static final int MAX_BYTES = 4 << 20;
    private static final int MAX_CONNECTIONS = 50;

    private final SMTPServer server;
    private final Inbox inbox;

    private MailServer(String host, int port, Inbox inbox) {
        this.inbox = inbox;
        this.server = SMTPServer.port(port)
                .bindAddress(address(host))
                .softwareName("stand-ins")
                .maxMessageSize(MAX_BYTES)
                .maxConnections(MAX_CONNECTIONS)
                .messageHandlerFactory(Receiver::new)
                .build();
    }

    /**
     * Starts a server.
     *
     * @throws IllegalStateException if its port is taken
     */
    static MailServer start(String host, int port, Inbox inbox) {
        var mail = new MailServer(host, port, inbox);
        try {
            mail.server.start();
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    "mail.port: " + host + ":" + port + " can't be listened on (expected: a free port): "
                            + e.getMessage(),
                    e);
        }
        return mail;
    }

    @Override
    public void close() {
        server.stop();
    }

    private static InetAddress address(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("mail.host: " + host + " (expected: an address of this machine)", e);
        }
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
            inbox.add(MailMessage.read(sender, recipients, data.readAllBytes()));
            // null: the server's default reply
            return null;
        }

        @Override
        public void done() {
            recipients.clear();
        }
    }
}
