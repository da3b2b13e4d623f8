package dev.rollcall.standins;

import dev.rollcall.chassis.HealthEndpoint;
import dev.rollcall.chassis.Listeners;
import dev.rollcall.chassis.ProblemFeature;
import dev.rollcall.chassis.ServiceMain;
import dev.rollcall.discovery.http.TokenFile;
import io.helidon.config.Config;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import java.time.Clock;
import java.util.function.Supplier;

/**
 * The running stand-ins. They do not register in Consul: what they stand in for is outside the platform, and is reached by
 * URL.
 */
public final class StandIns implements ServiceMain.Instance {
    private static final String ADMIN = "admin";

    private final WebServer server;
    private final PhoneProvider phone;
    private final MailServer mail;

    private StandIns(WebServer server, PhoneProvider phone, MailServer mail) {
        this.server = server;
        this.phone = phone;
        this.mail = mail;
    }

    /**
     * Starts the stand-ins.
     *
     * @param config the configuration, with the keys of {@code application.yaml}
     * @return the stand-ins, listening
     * @throws RuntimeException if a value is missing or wrong, or a port is taken; the message says which
     */
    public static StandIns start(Config config) {
        var settings = Settings.of(config);
        Clock clock = Clock.systemUTC();
        var robotInbox = new Inbox(clock);
        var phoneInbox = new Inbox(clock);
        var mailInbox = new Inbox(clock);
        Supplier<String> robotToken = TokenFile.open(settings.robotToken())::token;
        Supplier<String> robotSecret = TokenFile.open(settings.robotSecret())::token;
        var robot = new DingTalkRobot(robotToken, robotSecret, RobotLimits.DINGTALK, clock, robotInbox);
        var phone = new PhoneProvider(settings.phone(), phoneInbox);
        var mail = new MailServer(settings.mailHost(), settings.mailPort(), mailInbox);
        try {
            WebServer server = WebServer.builder()
                    .config(config.get("server"))
                    // not the Consul and metrics features that are on the class path
                    .featuresDiscoverServices(false)
                    .directHandlers(ProblemFeature.directHandlers())
                    .addFeature(HealthEndpoint.create(config.get("server.features.observe")))
                    .routing(ADMIN, routing -> routing.addFeature(new ProblemFeature()))
                    .routing(routing -> routing.addFeature(new ProblemFeature())
                            .addFeature(robot)
                            .addFeature(phone)
                            .addFeature(new InboxPage("mailbox", mailInbox, MessageTable.MAIL))
                            .addFeature(new InboxPage("dingtalk", robotInbox, ChatBubbles::html))
                            .addFeature(new InboxPage("phone", phoneInbox, MessageTable.CALLS))
                            .get(
                                    "/",
                                    (request, response) -> response.status(Status.SEE_OTHER_303)
                                            .header(HeaderNames.LOCATION, "/dingtalk")
                                            .send()))
                    .build();
            mail.start();
            return new StandIns(Listeners.start(server), phone, mail);
        } catch (RuntimeException e) {
            phone.close();
            mail.close();
            throw e;
        }
    }

    @Override
    public int port() {
        return server.port();
    }

    @Override
    public int adminPort() {
        return server.port(ADMIN);
    }

    /**
     * Empty: the stand-ins are not registered.
     *
     * @return an empty text
     */
    @Override
    public String id() {
        return "";
    }

    /**
     * The port of the mail server.
     *
     * @return a port
     */
    public int smtpPort() {
        return mail.port();
    }

    /** Stops accepting messages. Calls that still ring are not acknowledged. */
    @Override
    public void close() {
        server.stop();
        phone.close();
        mail.close();
    }
}
