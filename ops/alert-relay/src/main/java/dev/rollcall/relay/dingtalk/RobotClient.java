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

/** Sends messages to one robot and interprets its answers. */
public final class RobotClient {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int OK = 0;
    private static final int BUSY = -1;
    private static final int TOO_MANY = 130_101;
    /** Signature, keyword or address rejected; token unknown. */
    private static final Set<Integer> MISCONFIGURED = Set.of(310_000, 300_001, 300_005);

    private final HttpSender http;
    private final Supplier<String> url;
    private final Supplier<String> secret;
    private final Clock clock;
    private final Cooldowns cooldowns;

    /**
     * A client.
     *
     * @param http sends requests
     * @param url the robot's URL with its access token
     * @param secret its secret
     * @param clock the time, correct within an hour
     * @param cooldowns how long to send nothing after an error
     */
    public RobotClient(
            HttpSender http, Supplier<String> url, Supplier<String> secret, Clock clock, Cooldowns cooldowns) {
        this.http = http;
        this.url = url;
        this.secret = secret;
        this.clock = clock;
        this.cooldowns = cooldowns;
    }

    Attempt send(byte[] message) {
        String target = url.get();
        String signed = target
                + (target.indexOf('?') < 0 ? '?' : '&')
                + Signature.of(clock.millis(), secret.get()).query();
        return switch (http.post(URI.create(signed), "", message)) {
            case HttpSender.Answered(int status, String body) when status == 200 -> attempt(body);
            case HttpSender.Answered(int status, String body)
            when status >= 500 || status == 429 -> new Attempt.Failed("the robot answers " + status);
            case HttpSender.Answered(int status, String body) ->
                misconfigured("the robot answers " + status + " (expected: 200; is its URL right?)");
            case HttpSender.Lost(String reason) -> new Attempt.Failed("the robot does not answer: " + reason);
        };
    }

    private Attempt attempt(String body) {
        JsonNode answer;
        try {
            answer = JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return new Attempt.Failed("the robot answers 200 with a body that is not JSON");
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
                        Result.THROTTLED, "the robot received too many messages: " + said, cooldowns.throttled());
            default ->
                MISCONFIGURED.contains(errcode.intValue())
                        ? misconfigured(
                                "the robot rejects the relay, check secret, keywords, addresses and token: " + said)
                        : new Attempt.Rejected("the robot rejects the message: " + said);
        };
    }

    private Attempt misconfigured(String reason) {
        return new Attempt.Later(Result.FAILED, reason, cooldowns.misconfigured());
    }
}
