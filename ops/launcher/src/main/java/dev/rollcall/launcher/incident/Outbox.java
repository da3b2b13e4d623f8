package dev.rollcall.launcher.incident;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.discovery.http.BoundedHttpClient;
import dev.rollcall.rollcall.HttpApi;
import dev.rollcall.rollcall.NoAnswer;
import java.net.URI;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads the notifications that the stand-ins received. */
final class Outbox {

    private final HttpApi standIns;

    /** @param standIns the stand-ins' URL */
    Outbox(BoundedHttpClient client, URI standIns) {
        this.standIns = new HttpApi(client, standIns);
    }

    /** A notification channel. */
    enum Channel {
        MAILBOX("the mailbox"),
        DINGTALK("DingTalk"),
        /** Calls don't name the instance, and are not made for resolved alerts. */
        PHONE("the phone");

        private final String place;

        Channel(String place) {
            this.place = place;
        }

        private String path() {
            return "/" + name().toLowerCase(Locale.ROOT);
        }

        /** The channel's name in messages. */
        String place() {
            return place;
        }

        /** The channels of a severity, as in ops/alertmanager/alertmanager.yml. */
        static List<Channel> of(String severity) {
            return switch (severity) {
                case "urgent" -> List.of(PHONE, DINGTALK, MAILBOX);
                case "critical" -> List.of(DINGTALK, MAILBOX);
                default -> List.of();
            };
        }
    }

    /** A received message. */
    record Message(Instant received, String text) {}

    List<Message> messages(Channel channel) throws NoAnswer {
        List<Message> messages = new ArrayList<>();
        for (JsonNode item : standIns.json(channel.path() + ".json").path("items")) {
            messages.add(new Message(
                    OffsetDateTime.parse(item.path("received").asText()).toInstant(), item.toString()));
        }
        return messages;
    }
}
