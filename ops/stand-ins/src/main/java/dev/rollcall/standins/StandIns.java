package dev.rollcall.relay.demonstration;

import dev.rollcall.relay.delivery.HttpSender;
import io.helidon.webserver.http.HttpFeature;
import io.helidon.webserver.http.HttpRouting;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Set;
import java.util.function.Supplier;

/** The three stand-ins together, with secrets of their own, which this process alone knows. */
public final class Demonstration implements HttpFeature, AutoCloseable {
    private static final int SECRET_BYTES = 16;

    private final String accessToken = secret();
    private final String robotSecret = secret();
    private final String phoneToken = secret();
    private final Inbox robotInbox;
    private final Inbox phoneInbox;
    private final Inbox mailInbox;
    private final RobotSimulator robot;
    private final PhoneSimulator phone;
    private final MailSink mail;
    private final Supplier<URI> admin;

    /**
     * A demonstration, its mail server not started.
     *
     * @param smtpPort port of the mail server, 0 for any
     * @param answering who picks up
     * @param answerAfter how long a phone rings
     * @param api URL of the relay's API
     * @param admin URL of its admin socket
     * @param relayToken token for its API
     * @param http sends acknowledgements
     * @param clock the time
     */
    public Demonstration(
            int smtpPort,
            Set<String> answering,
            Duration answerAfter,
            Supplier<URI> api,
            Supplier<URI> admin,
            Supplier<String> relayToken,
            HttpSender http,
            Clock clock) {
        this.admin = admin;
        robotInbox = new Inbox(clock);
        phoneInbox = new Inbox(clock);
        mailInbox = new Inbox(clock);
        robot = new RobotSimulator(accessToken, robotSecret, RobotLimits.DINGTALK, clock, robotInbox);
        phone = new PhoneSimulator(phoneToken, answering, answerAfter, api, relayToken, http, phoneInbox);
        mail = new MailSink(smtpPort, mailInbox);
    }

    @Override
    public void setup(HttpRouting.Builder routing) {
        routing.addFeature(robot)
                .addFeature(phone)
                .addFeature(new InboxPage("mailbox", "Mailbox", mailInbox))
                .addFeature(new InboxPage("dingtalk", "DingTalk", robotInbox))
                .addFeature(new InboxPage("phone", "Phone", phoneInbox));
    }

    /** Starts the mail server. */
    public void start() {
        mail.start();
    }

    /**
     * The robot's URL.
     *
     * @return a URL with its access token
     */
    public String robotUrl() {
        return admin.get().resolve(RobotSimulator.PATH) + "?access_token=" + accessToken;
    }

    /**
     * The robot's secret.
     *
     * @return a secret
     */
    public String robotSecret() {
        return robotSecret;
    }

    /**
     * The phone provider's URL.
     *
     * @return a URL
     */
    public String phoneUrl() {
        return admin.get().resolve(PhoneSimulator.PATH).toString();
    }

    /**
     * The phone provider's token.
     *
     * @return a token
     */
    public String phoneToken() {
        return phoneToken;
    }

    /**
     * The port of the mail server.
     *
     * @return a port
     */
    public int smtpPort() {
        return mail.port();
    }

    /**
     * Shows that a call was acknowledged.
     *
     * @param id the call's id
     */
    public void acknowledged(String id) {
        phone.acknowledged(id);
    }

    @Override
    public void close() {
        phone.close();
        mail.close();
    }

    private static String secret() {
        byte[] bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
