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

/** What was sent to people, as the stand-ins show it. */
final class Outbox {

    private final HttpApi standIns;

    /** @param standIns where the stand-ins listen */
    Outbox(BoundedHttpClient client, URI standIns) {
        this.standIns = new HttpApi(client, standIns);
    }

    /** A way of telling somebody. */
    enum Channel {
        MAILBOX("the mailbox"),
        DINGTALK("DingTalk"),
        /** A call is short, and not made to say that all is well. */
        PHONE("the phone");

        private final String place;

        Channel(String place) {
            this.place = place;
        }

        private String path() {
            return "/" + name().toLowerCase(Locale.ROOT);
        }

        /** Where the message arrives, in words. */
        String place() {
            return place;
        }

        /** By which an alert of this severity is told; ops/alertmanager/alertmanager.yml says so too. */
        static List<Channel> of(String severity) {
            return switch (severity) {
                case "urgent" -> List.of(PHONE, DINGTALK, MAILBOX);
                case "critical" -> List.of(DINGTALK, MAILBOX);
                default -> List.of();
            };
        }
    }

    /** A message as it arrived. */
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
