package dev.rollcall.standins;

import dev.rollcall.chassis.RunningService;
import dev.rollcall.discovery.http.TokenFile;
import io.helidon.config.Config;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import java.time.Clock;

/**
 * Assembles the stand-ins. They do not register in Consul: what they stand in for is outside the platform, and is reached by
 * URL.
 */
public final class StandIns {
    private StandIns() {}

    /**
     * Starts the stand-ins. Calls that still ring when they are closed are not acknowledged.
     *
     * @param config the configuration, with the keys of {@code application.yaml}
     * @return the stand-ins, listening
     * @throws RuntimeException if a value is missing or wrong, or a port is taken; the message says which
     */
    public static RunningService start(Config config) {
        var settings = Settings.of(config);
        Clock clock = Clock.systemUTC();
        var robotInbox = new Inbox(clock);
        var phoneInbox = new Inbox(clock);
        var mailInbox = new Inbox(clock);
        return RunningService.start(config, StandIns.class, service -> {
            service.part(MailServer.start(settings.mailHost(), settings.mailPort(), mailInbox));
            service.api(service.part(new PhoneProvider(settings.phone(), phoneInbox)));
            service.api(new DingTalkRobot(
                    TokenFile.open(settings.robotToken())::token,
                    TokenFile.open(settings.robotSecret())::token,
                    RobotLimits.DINGTALK,
                    clock,
                    robotInbox));
            service.api(new InboxPage("mailbox", mailInbox, MessageTable.MAIL));
            service.api(new InboxPage("dingtalk", robotInbox, ChatBubbles::html));
            service.api(new InboxPage("phone", phoneInbox, MessageTable.CALLS));
            service.api(routing -> routing.get(
                    "/",
                    (request, response) -> response.status(Status.SEE_OTHER_303)
                            .header(HeaderNames.LOCATION, "/dingtalk")
                            .send()));
        });
    }
}
