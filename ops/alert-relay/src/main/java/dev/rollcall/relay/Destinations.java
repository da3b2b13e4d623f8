package dev.rollcall.relay;

import dev.rollcall.discovery.http.TokenFile;
import dev.rollcall.relay.delivery.DeliveryQueue;
import dev.rollcall.relay.delivery.Destination;
import dev.rollcall.relay.delivery.HttpSender;
import dev.rollcall.relay.delivery.Receiver;
import dev.rollcall.relay.delivery.Signal;
import dev.rollcall.relay.dingtalk.MessageWriter;
import dev.rollcall.relay.dingtalk.Robot;
import dev.rollcall.relay.dingtalk.RobotClient;
import dev.rollcall.relay.dingtalk.Texts;
import dev.rollcall.relay.dingtalk.TokenBucket;
import dev.rollcall.relay.domain.Channel;
import dev.rollcall.relay.metrics.RelayMeters;
import dev.rollcall.relay.phone.Phone;
import dev.rollcall.relay.phone.PhoneProvider;
import dev.rollcall.relay.queue.QueueDirectory;
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

/** The configured robots and the phone, each with its queue. */
final class Destinations {
    private final Settings settings;
    private final QueueDirectory queue;
    private final RelayMeters meters;
    private final HttpSender http;
    private final Clock clock;
    private final Map<Channel, List<Receiver.Route>> routes = new EnumMap<>(Channel.class);
    private @Nullable Phone phone;

    private Destinations(Settings settings, QueueDirectory queue, RelayMeters meters, HttpSender http, Clock clock) {
        this.settings = settings;
        this.queue = queue;
        this.meters = meters;
        this.http = http;
        this.clock = clock;
    }

    static Destinations open(
            Settings settings, QueueDirectory queue, RelayMeters meters, HttpSender http, Clock clock) {
        var destinations = new Destinations(settings, queue, meters, http, clock);
        if (settings.dingtalk().enabled()) {
            if (settings.dingtalk().robots().isEmpty()) {
                throw new IllegalArgumentException(
                        "dingtalk.robots: none (expected: at least one, or dingtalk.enabled: false)");
            }
            destinations.routes.put(
                    Channel.DINGTALK,
                    settings.dingtalk().robots().stream()
                            .map(destinations::robot)
                            .toList());
        }
        if (settings.phone().enabled()) {
            destinations.routes.put(Channel.PHONE, List.of(destinations.phone()));
        }
        queue.warnOfOrphans();
        return destinations;
    }

    Receiver receiver() {
        return new Receiver(routes);
    }

    List<DeliveryQueue> queues() {
        return routes.values().stream()
                .flatMap(List::stream)
                .map(Receiver.Route::queue)
                .toList();
    }

    /** Acknowledges a call; false if there is no such call. */
    boolean acknowledge(String call) {
        return phone != null && phone.acknowledge(call);
    }

    private Receiver.Route robot(RobotSettings robot) {
        Settings.DingTalk dingtalk = settings.dingtalk();
        var signal = new Signal();
        Supplier<String> url = url(robot);
        Path secret = required(robot.secret(), "dingtalk.robots.secret-file", "the secret of robot " + robot.name());
        var client = new RobotClient(http, url, token(secret), clock, dingtalk.cooldowns());
        var writer =
                new MessageWriter(Texts.of(robot.language(), dingtalk.zone()), robot.mentions(), dingtalk.maxBytes());
        var bucket = new TokenBucket(dingtalk.messages(), dingtalk.period(), System::nanoTime);
        var destination = new Robot(client, writer, bucket, signal);
        return new Receiver.Route(
                queue(Channel.DINGTALK, "dingtalk-" + robot.name(), destination, signal), robot.accepts());
    }

    private Receiver.Route phone() {
        Settings.Phone configured = settings.phone();
        var signal = new Signal();
        String url = url(configured.url(), "phone.url", "the URL of the provider, or phone.enabled: false");
        Supplier<String> token = configured.token().map(Destinations::token).orElse(() -> "");
        var provider = new PhoneProvider(http, url, token, configured.misconfiguredPause());
        var destination = new Phone(
                provider, configured.callees(), configured.acknowledgeWithin(), configured.roundPause(), signal);
        phone = destination;
        return new Receiver.Route(queue(Channel.PHONE, "phone", destination, signal), notification -> true);
    }

    private DeliveryQueue queue(Channel channel, String name, Destination destination, Signal signal) {
        return new DeliveryQueue(
                name, queue.spool(name), destination, meters.of(channel), settings.retries(), signal, clock);
    }

    private static Supplier<String> url(RobotSettings robot) {
        String url = url(robot.url(), "dingtalk.robots.url", "the URL of robot " + robot.name());
        if (robot.accessToken().isEmpty()) {
            return () -> url;
        }
        Supplier<String> token = token(robot.accessToken().get());
        return () -> url + "?access_token=" + URLEncoder.encode(token.get(), StandardCharsets.UTF_8);
    }

    private static Supplier<String> token(Path file) {
        return TokenFile.open(file)::token;
    }

    /** Checks a URL. An invalid one is not shown, because it may contain a token. */
    private static String url(Optional<String> value, String key, String expectation) {
        String url = required(value, key, expectation);
        try {
            URI uri = new URI(url);
            if (uri.getHost() != null && List.of("http", "https").contains(uri.getScheme())) {
                return url;
            }
        } catch (URISyntaxException e) {
            // its message contains the URL
        }
        throw new IllegalArgumentException(key + " is no URL (expected: " + expectation + ", with http or https)");
    }

    private static <T> T required(Optional<T> value, String key, String expectation) {
        return value.orElseThrow(
                () -> new IllegalArgumentException(key + " is missing (expected: " + expectation + ")"));
    }
}
