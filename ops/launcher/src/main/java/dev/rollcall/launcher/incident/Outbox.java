package dev.rollcall.launcher.incident;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.discovery.http.BoundedHttpClient;
import dev.rollcall.launcher.platform.Ports;
import dev.rollcall.launcher.platform.Service;
import dev.rollcall.rollcall.CheckState;
import dev.rollcall.rollcall.ConsulReader;
import dev.rollcall.rollcall.HttpApi;
import dev.rollcall.rollcall.NoAnswer;
import java.net.URI;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What was sent to people: the pages of alert-relay's demonstration. */
public final class Outbox {

    private final int adminPort;
    private final HttpApi relay;

    /** @param adminPort where alert-relay's admin socket is */
    Outbox(BoundedHttpClient client, int adminPort) {
        this.adminPort = adminPort;
        this.relay = new HttpApi(client, URI.create("http://" + Ports.HOST + ":" + adminPort));
    }

    /** The one of the alert-relay that Consul knows; empty if it knows none. */
    public static Optional<Outbox> foundBy(ConsulReader consul, BoundedHttpClient client) throws NoAnswer {
        return consul.entries(Service.RELAY.serviceName()).stream()
                .filter(entry -> entry.state() == CheckState.PASSING)
                .map(entry -> entry.meta().getOrDefault("metrics_port", ""))
                .filter(port -> port.matches("\\d{1,5}"))
                .map(port -> new Outbox(client, Integer.parseInt(port)))
                .findFirst();
    }

    /** Where it is looked at. */
    public String pages() {
        return Arrays.stream(Channel.values())
                .map(channel -> "http://%s:%d%s".formatted(Ports.HOST, adminPort, channel.path()))
                .collect(Collectors.joining(" "));
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
        for (JsonNode item : relay.json(channel.path() + ".json").path("items")) {
            messages.add(new Message(
                    OffsetDateTime.parse(item.path("received").asText()).toInstant(), item.toString()));
        }
        return messages;
    }
}
