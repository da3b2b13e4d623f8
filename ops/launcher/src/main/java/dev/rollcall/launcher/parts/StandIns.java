package dev.rollcall.launcher.parts;

import dev.rollcall.launcher.platform.Port;
import dev.rollcall.launcher.platform.Ports;
import dev.rollcall.launcher.platform.Tokens;
import dev.rollcall.launcher.platform.Workspace;
import dev.rollcall.launcher.process.Program;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The mail server, DingTalk robot and phone provider for demonstrations, in one part that does not register in Consul.
 */
public record StandIns(Workspace workspace, Ports ports) implements LocalPart {

    static final String MODULE = "ops/stand-ins";

    /** The URLs of the pages that show what was sent. */
    public static String pages(Ports ports) {
        return Stream.of("mailbox", "dingtalk", "phone")
                .map(page -> ports.uri(Port.OUTBOX) + "/" + page)
                .collect(Collectors.joining(" "));
    }

    @Override
    public Program program() {
        List<String> options = List.of(
                "-Dserver.host=" + Ports.HOST,
                "-Dserver.port=" + ports.of(Port.OUTBOX),
                "-Dmail.port=" + ports.of(Port.MAIL),
                "-Drobot.access-token-file=" + workspace.token(Tokens.ROBOT_TOKEN),
                "-Drobot.secret-file=" + workspace.token(Tokens.ROBOT_SECRET),
                "-Dphone.token-file=" + workspace.token(Tokens.PHONE),
                "-Dphone.relay-url=" + ports.uri(Port.RELAY),
                "-Dphone.relay-token-file=" + workspace.token(Tokens.RELAY));
        return new Program("stand-ins", Port.OUTBOX, ports, new App(workspace, MODULE).command(true, options));
    }
}
