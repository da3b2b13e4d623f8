package dev.rollcall.relay.dingtalk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rollcall.relay.delivery.Attempt;
import dev.rollcall.relay.delivery.HttpSender;
import dev.rollcall.relay.domain.Result;
import java.net.URI;
import java.time.Clock;
import java.util.Set;
import java.util.function.Supplier;

/** Sends messages to one robot, and makes out of its answer what it means. */
public final class RobotClient {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int OK = 0;
    private static final int BUSY = -1;
    private static final int TOO_MANY = 130_101;
    /** Signature, keyword or address refused; token unknown. */
    private static final Set<Integer> MISCONFIGURED = Set.of(310_000, 300_001, 300_005);

    private final HttpSender http;
    private final Supplier<String> url;
    private final Supplier<String> secret;
    private final Clock clock;
    private final Pauses pauses;

    /**
     * A client.
     *
     * @param http sends
     * @param url the robot's URL with its access token
     * @param secret its secret
     * @param clock the time, which must be right to within an hour
     * @param pauses how long to leave it alone
     */
    public RobotClient(HttpSender http, Supplier<String> url, Supplier<String> secret, Clock clock, Pauses pauses) {
        this.http = http;
        this.url = url;
        this.secret = secret;
        this.clock = clock;
        this.pauses = pauses;
    }

    Attempt send(byte[] message) {
        String target = url.get();
        String signed = target
                + (target.indexOf('?') < 0 ? '?' : '&')
                + Signature.of(clock.millis(), secret.get()).query();
        return switch (http.post(URI.create(signed), "", message)) {
            case HttpSender.Answered(int status, String body) when status == 200 -> judge(body);
            case HttpSender.Answered(int status, String body)
            when status >= 500 || status == 429 -> new Attempt.Failed("the robot answers " + status);
            case HttpSender.Answered(int status, String body) ->
                misconfigured("the robot answers " + status + " (expected: 200; is its URL right?)");
            case HttpSender.Lost(String reason) -> new Attempt.Failed("the robot does not answer: " + reason);
        };
    }

    private Attempt judge(String body) {
        JsonNode answer;
        try {
            answer = JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return new Attempt.Failed("the robot answers 200 with what is no JSON");
        }
        JsonNode errcode = answer.path("errcode");
        if (!errcode.isIntegralNumber()) {
            return new Attempt.Failed("the robot answers 200 without an errcode");
        }
        String said = "errcode " + errcode.intValue() + ", "
                + answer.path("errmsg").asText().strip().lines().findFirst().orElse("");
        return switch (errcode.intValue()) {
            case OK -> new Attempt.Delivered();
            case BUSY -> new Attempt.Failed("the robot is busy: " + said);
            case TOO_MANY ->
                new Attempt.Later(
                        Result.THROTTLED, "the robot was sent too many messages: " + said, pauses.throttled());
            default ->
                MISCONFIGURED.contains(errcode.intValue())
                        ? misconfigured("the robot refuses, check its secret, keywords, addresses and token: " + said)
                        : new Attempt.Refused("the robot does not take the message: " + said);
        };
    }

    private Attempt misconfigured(String reason) {
        return new Attempt.Later(Result.FAILED, reason, pauses.misconfigured());
    }
}
