package dev.rollcall.relay.dingtalk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rollcall.relay.Webhooks;
import dev.rollcall.relay.domain.Notification;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MessageWriterTest {
    private static final int MAX = 20_000;
    private static final Mentions MENTIONS = new Mentions(Map.of("payments", List.of("13800000000", "13900000000")));
    private static final Mentions NOBODY = new Mentions(Map.of());

    private static MessageWriter writer(String language, Mentions mentions) {
        return new MessageWriter(Texts.of(language, ZoneId.of("Asia/Shanghai")), mentions, MAX);
    }

    private static JsonNode json(byte[] message) throws IOException {
        return new ObjectMapper().readTree(message);
    }

    private static String text(byte[] message) throws IOException {
        return json(message).path("markdown").path("text").asText();
    }

    private static Notification many(int alerts, String padding) {
        return Webhooks.parse(Webhooks.group("Many", alerts).replace("No answer", padding + " No answer"));
    }

    @Test
    void writesAMessageInEnglishThatMentionsTheTeam() throws IOException {
        JsonNode message = json(writer("en", MENTIONS)
                .write(List.of(Webhooks.notification("firing", "TargetDown", "order-service-a"))));

        assertThat(message.path("msgtype").asText()).isEqualTo("markdown");
        assertThat(message.path("markdown").path("title").asText()).isEqualTo("[firing] TargetDown");
        assertThat(message.path("markdown").path("text").asText()).isEqualTo("""
                ### 🔴 TargetDown firing (1)

                - **order-service-a cannot be scraped** · order-service-a · critical · firing since 2026-01-31 16:00:00 +08:00

                \u00a0\u00a0No answer for 20 seconds.

                \u00a0\u00a0[Runbook](https://example.com/ops/runbooks/TargetDown.md)

                @13800000000 @13900000000""");
        assertThat(message.path("at").toString())
                .contains("\"atMobiles\":[\"13800000000\",\"13900000000\"]", "\"isAtAll\":false");
    }

    @Test
    void writesAResolutionInChineseThatMentionsNobody() throws IOException {
        byte[] message = writer("zh", MENTIONS)
                .write(List.of(Webhooks.notification("resolved", "TargetDown", "order-service-a")));

        assertThat(json(message).path("markdown").path("title").asText()).isEqualTo("[恢复] TargetDown");
        assertThat(text(message)).isEqualTo("""
                ### 🟢 TargetDown 已恢复（1）

                - **order-service-a cannot be scraped** · order-service-a · critical · 已恢复，曾自 2026-01-31 16:00:00 +08:00 起告警

                \u00a0\u00a0No answer for 20 seconds.

                \u00a0\u00a0[处理手册](https://example.com/ops/runbooks/TargetDown.md)""");
        assertThat(json(message).path("at").path("atMobiles")).isEmpty();
    }

    @Test
    void tellsWhatFiresFirstAndCountsWhatIsResolvedApart() throws IOException {
        Notification mixed = Webhooks.parse(Webhooks.ofAlerts(
                "firing",
                "Disks",
                String.join(
                        ",",
                        Webhooks.alert("resolved", "DiskFull", "disk-1"),
                        Webhooks.alert("resolved", "DiskFull", "disk-2"),
                        Webhooks.alert("firing", "NodeDown", "node-1"))));

        byte[] english = writer("en", MENTIONS).write(List.of(mixed));
        assertThat(text(english)).startsWith("### 🔴 NodeDown firing (1) · 🟢 DiskFull resolved (2)\n");
        assertThat(text(english)).containsSubsequence("node-1 cannot be scraped", "disk-1 cannot be scraped");
        assertThat(json(english).at("/markdown/title").asText()).isEqualTo("[firing] NodeDown");

        byte[] chinese = writer("zh", MENTIONS).write(List.of(mixed));
        assertThat(text(chinese)).startsWith("### 🔴 NodeDown 告警中（1） · 🟢 DiskFull 已恢复（2）\n");
        assertThat(json(chinese).at("/markdown/title").asText()).isEqualTo("[告警] NodeDown");
    }

    @Test
    void tellsWhatFiresHoweverMuchIsResolved() throws IOException {
        List<String> alerts = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            alerts.add(Webhooks.alert("resolved", "DiskFull", "disk-" + i));
        }
        alerts.add(Webhooks.alert("firing", "NodeDown", "node-1"));
        alerts.add(Webhooks.alert("firing", "NodeDown", "node-2"));
        Notification notification = Webhooks.parse(Webhooks.ofAlerts("firing", "Disks", String.join(",", alerts)));

        String text = text(writer("en", NOBODY).write(List.of(notification)));

        assertThat(text)
                .startsWith("### 🔴 NodeDown firing (2) · 🟢 DiskFull resolved (300)\n")
                .contains("node-1 cannot be scraped", "node-2 cannot be scraped");
    }

    @Test
    void putsWhatFiresIntoTheTitleOfAMergedMessage() throws IOException {
        byte[] message = writer("en", NOBODY)
                .write(List.of(
                        Webhooks.notification("resolved", "DiskFull", "disk-1"),
                        Webhooks.notification("firing", "NodeDown", "node-1")));

        assertThat(json(message).at("/markdown/title").asText()).isEqualTo("[firing] NodeDown");
    }

    @Test
    void mergesAsManyAsFitIntoOneMessage() throws IOException {
        List<Notification> notifications = IntStream.range(0, 100)
                .mapToObj(i -> Webhooks.notification("firing", "Alert" + i, "instance-" + i))
                .toList();
        MessageWriter writer = writer("zh", MENTIONS);

        int fitting = writer.fitting(notifications);
        byte[] message = writer.write(notifications.subList(0, fitting));

        assertThat(fitting).isBetween(20, 99);
        assertThat(message.length).isBetween(MAX - 1_000, MAX);
        assertThat(json(message).path("markdown").path("title").asText())
                .isEqualTo("[告警] Alert0, Alert1, Alert2 等 " + (fitting - 3) + " 项");
        for (int i = 0; i < fitting; i++) {
            assertThat(text(message)).contains("instance-" + i + " cannot be scraped");
        }
    }

    @Test
    void cutsWhatIsTooLongBetweenAlertsAndSaysHowManyItLeavesOut() throws IOException {
        Notification notification = many(300, "回答".repeat(30) + "🫖");

        byte[] message = writer("zh", NOBODY).write(List.of(notification));

        assertThat(message.length).isBetween(MAX - 1_000, MAX);
        String text = text(message);
        int shown = text.split("cannot be scraped", -1).length - 1;
        assertThat(text).endsWith("……还有 " + (300 - shown) + " 条告警").doesNotContain("\uFFFD");
        assertThat(new String(message, StandardCharsets.UTF_8)).doesNotContain("\uFFFD");
    }

    @Test
    void countsWhatAlertmanagerLeftOut() throws IOException {
        Notification notification = Webhooks.parse(Webhooks.body("firing", "TargetDown", "a")
                .replace("\"truncatedAlerts\": 0", "\"truncatedAlerts\": 1200"));

        assertThat(text(writer("en", NOBODY).write(List.of(notification))))
                .contains("TargetDown firing (1,201)")
                .endsWith("… and 1,200 more");
    }

    @Test
    void shortensAValueWithoutEndAndKeepsItInOneLine() throws IOException {
        Notification notification = Webhooks.parse(Webhooks.body("firing", "TargetDown", "a")
                .replace("No answer", "line\\n\\nbreak " + String.join("", Collections.nCopies(9_000, "🫖"))));

        byte[] message = writer("en", NOBODY).write(List.of(notification));

        assertThat(message.length).isLessThan(MAX);
        assertThat(text(message)).contains("line break 🫖").contains("🫖…");
    }

    @Test
    void linksNoRunbookThatIsNotAUrl() throws IOException {
        for (String runbook :
                List.of("ops/runbooks/A.md", "javascript:alert(1)", "https://a.example/) [b](https://b")) {
            Notification notification = Webhooks.parse(Webhooks.body("firing", "TargetDown", "a")
                    .replace("https://example.com/ops/runbooks/TargetDown.md", runbook));

            assertThat(text(writer("en", NOBODY).write(List.of(notification))))
                    .endsWith("\u00a0\u00a0Runbook: " + runbook.replace("](", "] ("));
        }
    }

    @Test
    void makesNobodysLinkOutOfAValue() throws IOException {
        Notification notification = Webhooks.parse(Webhooks.body("firing", "TargetDown", "a")
                .replace("No answer", "![x](http://example.com/x.png) {0} it's"));

        assertThat(text(writer("en", NOBODY).write(List.of(notification))))
                .contains("![x] (http://example.com/x.png) {0} it's");
    }
}
