package dev.rollcall.relay;

import dev.rollcall.discovery.http.TokenFile;
import dev.rollcall.relay.delivery.Bell;
import dev.rollcall.relay.delivery.Desk;
import dev.rollcall.relay.delivery.Destination;
import dev.rollcall.relay.delivery.HttpSender;
import dev.rollcall.relay.delivery.Lane;
import dev.rollcall.relay.delivery.Lanes;
import dev.rollcall.relay.demonstration.Demonstration;
import dev.rollcall.relay.dingtalk.MessageWriter;
import dev.rollcall.relay.dingtalk.Robot;
import dev.rollcall.relay.dingtalk.RobotClient;
import dev.rollcall.relay.dingtalk.Texts;
import dev.rollcall.relay.dingtalk.TokenBucket;
import dev.rollcall.relay.domain.Channel;
import dev.rollcall.relay.metrics.RelayMeters;
import dev.rollcall.relay.phone.Phone;
import dev.rollcall.relay.phone.PhoneProvider;
import dev.rollcall.relay.queue.QueueFolder;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The configured robots and the phone, each at the end of a lane; in a demonstration they are its own, by the same code. */
final class Destinations {
    private final Settings settings;
    private final QueueFolder queue;
    private final RelayMeters meters;
    private final HttpSender http;
    private final Clock clock;
    private final @Nullable Demonstration demonstration;
    private final Map<Channel, List<Desk.Counter>> counters = new EnumMap<>(Channel.class);
    private @Nullable Phone phone;

    private Destinations(
            Settings settings,
            QueueFolder queue,
            RelayMeters meters,
            HttpSender http,
            Clock clock,
            @Nullable Demonstration demonstration) {
        this.settings = settings;
        this.queue = queue;
        this.meters = meters;
        this.http = http;
        this.clock = clock;
        this.demonstration = demonstration;
    }

    static Destinations open(
            Settings settings,
            QueueFolder queue,
            RelayMeters meters,
            HttpSender http,
            Clock clock,
            @Nullable Demonstration demonstration) {
        var destinations = new Destinations(settings, queue, meters, http, clock, demonstration);
        if (settings.dingtalk().enabled()) {
            if (settings.dingtalk().robots().isEmpty()) {
                throw new IllegalArgumentException(
                        "dingtalk.robots: none (expected: at least one, or dingtalk.enabled: false)");
            }
            destinations.counters.put(
                    Channel.DINGTALK,
                    settings.dingtalk().robots().stream()
                            .map(destinations::robot)
                            .toList());
        }
        if (settings.phone().enabled()) {
            destinations.counters.put(Channel.PHONE, List.of(destinations.phone()));
        }
        queue.warnOfOrphans();
        return destinations;
    }

    Desk desk() {
        return new Desk(counters);
    }

    Lanes lanes() {
        List<Lane> lanes = counters.values().stream()
                .flatMap(List::stream)
                .map(Desk.Counter::lane)
                .toList();
        return new Lanes(lanes, http, settings.grace());
    }

    /** Notes that somebody has heard a call. */
    boolean acknowledge(String call) {
        boolean known = phone != null && phone.acknowledge(call);
        if (known && demonstration != null) {
            demonstration.acknowledged(call);
        }
        return known;
    }

    private Desk.Counter robot(RobotSettings robot) {
        Settings.DingTalk dingtalk = settings.dingtalk();
        var bell = new Bell();
        var client = new RobotClient(http, url(robot), secret(robot), clock, dingtalk.pauses());
        var writer =
                new MessageWriter(Texts.of(robot.language(), dingtalk.zone()), robot.mentions(), dingtalk.maxBytes());
        var bucket = new TokenBucket(dingtalk.messages(), dingtalk.period(), System::nanoTime);
        return new Desk.Counter(
                lane(Channel.DINGTALK, "dingtalk-" + robot.name(), new Robot(client, writer, bucket, bell), bell),
                robot.takes());
    }

    private Desk.Counter phone() {
        Settings.Phone configured = settings.phone();
        var bell = new Bell();
        Supplier<String> url;
        Supplier<String> token;
        if (demonstration != null) {
            url = demonstration::phoneUrl;
            token = demonstration::phoneToken;
        } else {
            String real = url(configured.url(), "phone.url", "the URL of the provider, or phone.enabled: false");
            url = () -> real;
            token = configured.token().map(Destinations::token).orElse(() -> "");
        }
        var people = new Phone(
                new PhoneProvider(http, url, token, configured.misconfiguredPause()),
                configured.callees(),
                configured.acknowledgeWithin(),
                configured.roundPause(),
                bell);
        phone = people;
        return new Desk.Counter(lane(Channel.PHONE, "phone", people, bell), notification -> true);
    }

    private Lane lane(Channel channel, String name, Destination destination, Bell bell) {
        return new Lane(name, queue.spool(name), destination, meters.of(channel), settings.retries(), bell, clock);
    }

    private Supplier<String> url(RobotSettings robot) {
        if (demonstration != null) {
            return demonstration::robotUrl;
        }
        String url = url(robot.url(), "dingtalk.robots.url", "the URL of robot " + robot.name());
        if (robot.accessToken().isEmpty()) {
            return () -> url;
        }
        Supplier<String> token = token(robot.accessToken().get());
        return () -> url + "?access_token=" + URLEncoder.encode(token.get(), StandardCharsets.UTF_8);
    }

    private Supplier<String> secret(RobotSettings robot) {
        return demonstration != null
                ? demonstration::robotSecret
                : token(required(robot.secret(), "dingtalk.robots.secret-file", "the secret of robot " + robot.name()));
    }

    private static Supplier<String> token(Path file) {
        return TokenFile.open(file)::token;
    }

    /** A URL as it is; one that is none isn't shown, because there may be a token in it. */
    private static String url(Optional<String> value, String key, String expectation) {
        String url = required(value, key, expectation);
        try {
            URI uri = new URI(url);
            if (uri.getHost() != null && List.of("http", "https").contains(uri.getScheme())) {
                return url;
            }
        } catch (URISyntaxException e) {
            // its message has the URL in it
        }
        throw new IllegalArgumentException(key + " is no URL (expected: " + expectation + ", with http or https)");
    }

    private static <T> T required(Optional<T> value, String key, String expectation) {
        return value.orElseThrow(
                () -> new IllegalArgumentException(key + " is missing (expected: " + expectation + ")"));
    }
}
