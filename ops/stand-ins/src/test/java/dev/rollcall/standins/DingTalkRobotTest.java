package dev.rollcall.standins;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rejects what DingTalk rejects. */
class DingTalkRobotTest {
    private static final String MESSAGE =
            "{\"msgtype\": \"markdown\", \"markdown\": {\"title\": \"a\", \"text\": \"%s\"}}";

    private Instant now = Instant.parse("2026-01-31T08:00:00Z");
    private final Clock clock =
            InstantSource.tick(() -> now, Duration.ofNanos(1)).withZone(ZoneOffset.UTC);
    private final Inbox inbox = new Inbox(clock);
    private final DingTalkRobot robot =
            new DingTalkRobot(() -> "token", () -> "secret", RobotLimits.DINGTALK, clock, inbox);

    private int send(Map<String, String> wrong, String body) {
        Map<String, String> query = new HashMap<>();
        query.put("access_token", "token");
        query.put("timestamp", String.valueOf(now.toEpochMilli()));
        query.put("sign", Signatures.of(now.toEpochMilli(), "secret"));
        query.putAll(wrong);
        return robot.receive(name -> query.getOrDefault(name, ""), true, body.getBytes(StandardCharsets.UTF_8))
                .errcode();
    }

    @Test
    void expectsTheSignatureThatOtherProgramsMake() {
        // by Python: base64(hmac(secret, timestamp + "\n" + secret, sha256))
        assertThat(Signatures.of(1_769_846_400_123L, "SECtest+/secret"))
                .isEqualTo("7LgFpLAD9cUyKuOJCV/hJBxlZoJzfa525B3ZlEqCpLc=");
    }

    private int send() {
        return send(Map.of(), MESSAGE.formatted("a"));
    }

    @Test
    void takesASignedMessage() {
        assertThat(send()).isZero();
        assertThat(inbox.messages()).extracting(message -> message.get("text")).isEqualTo(List.of("a"));
    }

    @Test
    void refusesAWrongTokenSignatureOrTime() {
        long old = now.minus(Duration.ofMinutes(61)).toEpochMilli();

        assertThat(send(Map.of("access_token", "other"), MESSAGE)).isEqualTo(300_005);
        assertThat(send(Map.of("sign", "other"), MESSAGE)).isEqualTo(310_000);
        assertThat(send(Map.of("sign", Signatures.of(now.toEpochMilli(), "other")), MESSAGE))
                .isEqualTo(310_000);
        assertThat(send(Map.of("timestamp", "soon"), MESSAGE)).isEqualTo(310_000);
        assertThat(send(
                        Map.of(
                                "timestamp", String.valueOf(old),
                                "sign", Signatures.of(old, "secret")),
                        MESSAGE))
                .isEqualTo(310_000);
        assertThat(inbox.messages()).isEmpty();
    }

    @Test
    void takesTwentyMessagesAMinuteAndThenNoneForTenMinutes() {
        for (int i = 0; i < 20; i++) {
            now = now.plusSeconds(2);
            assertThat(send()).isZero();
        }
        assertThat(send()).isEqualTo(130_101);
        now = now.plus(Duration.ofMinutes(9));
        assertThat(send()).isEqualTo(130_101);
        now = now.plus(Duration.ofMinutes(1));
        assertThat(send()).isZero();
    }

    @Test
    void refusesMoreBytesThanItTakesAndWhatIsNoMarkdown() {
        int frame = MESSAGE.formatted("").length();

        assertThat(send(Map.of(), MESSAGE.formatted("a".repeat(20_000 - frame))))
                .isZero();
        assertThat(send(Map.of(), MESSAGE.formatted("a".repeat(20_001 - frame))))
                .isEqualTo(460_101);
        assertThat(send(Map.of(), MESSAGE.formatted("好".repeat(7_000)))).isEqualTo(460_101);
        assertThat(send(Map.of(), "{")).isEqualTo(40_035);
        assertThat(send(Map.of(), MESSAGE.formatted(""))).isEqualTo(40_035);
    }

    @Test
    void showsTheLastTwoHundred() {
        for (int i = 0; i < 250; i++) {
            inbox.add(Map.of("text", String.valueOf(i)));
        }

        assertThat(inbox.messages()).hasSize(200);
        assertThat(inbox.messages().getFirst()).containsEntry("text", "249");
    }
}
