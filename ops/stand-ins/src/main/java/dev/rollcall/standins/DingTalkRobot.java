package dev.rollcall.standins;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rollcall.chassis.JsonBody;
import io.helidon.common.media.type.MediaTypes;
import io.helidon.webserver.http.HttpFeature;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A custom robot as DingTalk runs it, as far as a sender can tell: {@code POST /robot/send?access_token&timestamp&sign} is
 * answered 200 with {@code {"errcode": 0, "errmsg": "ok"}}, or with the errcode of what was wrong: 300005 for the token,
 * 310000 for timestamp and signature, 460101 for the size, 130101 for the rate and from then on for the penalty.
 */
public final class DingTalkRobot implements HttpFeature {
    static final String PATH = "/robot/send";

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration VALID = Duration.ofHours(1);

    private final Supplier<String> accessToken;
    private final Supplier<String> secret;
    private final RobotLimits limits;
    private final Clock clock;
    private final Inbox inbox;
    private final Deque<Instant> sent = new ArrayDeque<>();
    private Instant blockedUntil = Instant.EPOCH;

    /**
     * A robot.
     *
     * @param accessToken its access token
     * @param secret the secret that messages are signed with
     * @param limits what it accepts
     * @param clock the time
     * @param inbox takes its messages
     */
    public DingTalkRobot(
            Supplier<String> accessToken, Supplier<String> secret, RobotLimits limits, Clock clock, Inbox inbox) {
        this.accessToken = accessToken;
        this.secret = secret;
        this.limits = limits;
        this.clock = clock;
        this.inbox = inbox;
    }

    @Override
    public void setup(HttpRouting.Builder routing) {
        routing.post(PATH, this::send);
    }

    private void send(ServerRequest request, ServerResponse response) throws IOException {
        byte[] body = request.content().hasEntity()
                ? request.content().inputStream().readNBytes(limits.maxBytes() + 1)
                : new byte[0];
        boolean json = request.headers()
                .contentType()
                .filter(type -> type.mediaType().equals(MediaTypes.APPLICATION_JSON))
                .isPresent();
        JsonBody.send(
                response,
                receive(name -> request.query().first(name).orElse(""), json, body)
                        .json());
    }

    /**
     * Accepts or rejects a message.
     *
     * @param query the request's parameters by name, an empty text if there is none
     * @param json whether the content type is JSON
     * @param body the body
     * @return the answer
     */
    public synchronized Answer receive(Function<String, String> query, boolean json, byte[] body) {
        Instant now = clock.instant();
        if (!query.apply("access_token").equals(accessToken.get())) {
            return new Answer(300_005, "token is not exist");
        }
        if (!isSigned(query.apply("timestamp"), query.apply("sign"), now)) {
            return new Answer(310_000, "sign not match");
        }
        if (now.isBefore(blockedUntil)) {
            return new Answer(130_101, "send too fast, exceed 20 times per minute");
        }
        sent.removeIf(time -> !time.isAfter(now.minus(limits.period())));
        if (sent.size() >= limits.messages()) {
            blockedUntil = now.plus(limits.penalty());
            return new Answer(130_101, "send too fast, exceed 20 times per minute");
        }
        sent.add(now);
        if (body.length > limits.maxBytes()) {
            return new Answer(460_101, "message too long, exceed " + limits.maxBytes() + " bytes");
        }
        return json ? accept(body) : new Answer(43_004, "invalid Content-Type");
    }

    private Answer accept(byte[] body) {
        JsonNode message;
        try {
            message = JSON.readTree(body);
        } catch (IOException e) {
            return new Answer(40_035, "the parameter is no JSON");
        }
        String title = message.path("markdown").path("title").asText();
        String text = message.path("markdown").path("text").asText();
        if (!message.path("msgtype").asText().equals("markdown") || title.isEmpty() || text.isEmpty()) {
            return new Answer(40_035, "msgtype, title or text is missing");
        }
        var received = new LinkedHashMap<String, String>();
        received.put("title", title);
        received.put("text", text);
        received.put(
                "mentions",
                StreamSupport.stream(message.path("at").path("atMobiles").spliterator(), false)
                        .map(JsonNode::asText)
                        .collect(Collectors.joining(", ")));
        received.put("bytes", String.valueOf(body.length));
        inbox.add(received);
        return new Answer(0, "ok");
    }

    private boolean isSigned(String timestamp, String sign, Instant now) {
        long millis;
        try {
            millis = Long.parseLong(timestamp);
        } catch (NumberFormatException e) {
            return false;
        }
        return Duration.between(Instant.ofEpochMilli(millis), now).abs().compareTo(VALID) <= 0
                && MessageDigest.isEqual(bytes(signature(millis)), bytes(sign));
    }

    private String signature(long timestamp) {
        try {
            String key = secret.get();
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(bytes(key), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(bytes(timestamp + "\n" + key)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * What a robot answers.
     *
     * @param errcode 0 if it accepted the message
     * @param errmsg the same in words
     */
    public record Answer(int errcode, String errmsg) {
        /**
         * The members of the answer's body.
         *
         * @return by name
         */
        public Map<String, Object> json() {
            var json = new LinkedHashMap<String, Object>();
            json.put("errcode", errcode);
            json.put("errmsg", errmsg);
            return json;
        }
    }
}
