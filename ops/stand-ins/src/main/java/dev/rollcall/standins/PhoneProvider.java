package dev.rollcall.relay.demonstration;

import dev.rollcall.chassis.JsonFields;
import dev.rollcall.discovery.http.Problem;
import dev.rollcall.relay.delivery.Bell;
import dev.rollcall.relay.delivery.HttpSender;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpFeature;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A phone provider that calls nobody: it takes {@code POST {"id", "callee", "text"}} with its token, and after a while
 * acknowledges for those who pick up, by the relay's own API.
 */
public final class PhoneSimulator implements HttpFeature, AutoCloseable {
    /** Where it is. */
    public static final String PATH = "/demonstration/phone/calls";

    private static final int LONGEST_TEXT = 10_000;

    private final String token;
    private final Set<String> answering;
    private final Duration answerAfter;
    private final Supplier<URI> relay;
    private final Supplier<String> relayToken;
    private final HttpSender http;
    private final Inbox inbox;
    private final Bell bell = new Bell();

    /**
     * A provider.
     *
     * @param token what callers have to present
     * @param answering who picks up
     * @param answerAfter how long it rings
     * @param relay URL of the relay's API
     * @param relayToken token for it
     * @param http sends acknowledgements
     * @param inbox where calls are shown
     */
    public PhoneSimulator(
            String token,
            Set<String> answering,
            Duration answerAfter,
            Supplier<URI> relay,
            Supplier<String> relayToken,
            HttpSender http,
            Inbox inbox) {
        this.token = token;
        this.answering = Set.copyOf(answering);
        this.answerAfter = answerAfter;
        this.relay = relay;
        this.relayToken = relayToken;
        this.http = http;
        this.inbox = inbox;
    }

    @Override
    public void setup(HttpRouting.Builder routing) {
        routing.post(PATH, this::call);
    }

    /** Shows that a call was acknowledged, by whomever. */
    void acknowledged(String id) {
        inbox.stamp(call -> id.equals(call.get("id")), "acknowledged");
    }

    @Override
    public void close() {
        bell.stop();
    }

    private void call(ServerRequest request, ServerResponse response) {
        if (!request.headers().first(HeaderNames.AUTHORIZATION).orElse("").equals("Bearer " + token)) {
            Problem.of(Status.UNAUTHORIZED_401, "token-unknown", "the token is not known here")
                    .send(request, response);
            return;
        }
        try {
            Map<String, String> call = JsonFields.read(request, body -> {
                var fields = new LinkedHashMap<String, String>();
                fields.put("id", body.text("id", 64));
                fields.put("callee", body.text("callee", 64));
                fields.put("text", body.text("text", LONGEST_TEXT));
                return () -> fields;
            });
            inbox.add(call);
            ring(String.valueOf(call.get("id")), String.valueOf(call.get("callee")));
            response.status(Status.ACCEPTED_202).send();
        } catch (Problem problem) {
            problem.send(request, response);
        }
    }

    private void ring(String id, String callee) {
        if (answering.contains(callee)) {
            Thread.ofVirtual().name("call-" + id).start(() -> {
                bell.pause(answerAfter);
                if (!bell.isStopped()) {
                    http.post(
                            relay.get().resolve("/calls/" + id + "/acknowledgement"),
                            relayToken.get(),
                            "{}".getBytes(StandardCharsets.UTF_8));
                }
            });
        }
    }
}
