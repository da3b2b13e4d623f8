package dev.rollcall.standins;

import dev.rollcall.chassis.JsonFields;
import dev.rollcall.discovery.http.BearerTokens;
import dev.rollcall.discovery.http.BoundedHttpClient;
import dev.rollcall.discovery.http.TokenFile;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpFeature;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * A phone provider that calls nobody: it accepts {@code POST /calls {"id", "callee", "text"}} with its token, and after a
 * while acknowledges, through alert-relay's API, the calls of those who pick up.
 */
final class PhoneProvider implements HttpFeature, AutoCloseable {
    static final String PATH = "/calls";

    private static final System.Logger LOGGER = System.getLogger(PhoneProvider.class.getName());
    private static final int LONGEST_TEXT = 10_000;
    private static final int MAX_BYTES = 64 * 1024;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Settings.Phone settings;
    private final BearerTokens tokens;
    private final Supplier<String> relayToken;
    private final Inbox inbox;
    private final BoundedHttpClient client = new BoundedHttpClient(TIMEOUT, MAX_BYTES);
    private final ExecutorService ringing = Executors.newVirtualThreadPerTaskExecutor();

    PhoneProvider(Settings.Phone settings, Inbox inbox) {
        this.settings = settings;
        this.tokens = BearerTokens.fromFile(settings.token());
        this.relayToken = TokenFile.open(settings.relayToken())::token;
        this.inbox = inbox;
    }

    @Override
    public void setup(HttpRouting.Builder routing) {
        routing.post(PATH, tokens.service(this::call));
    }

    /** Hangs up: calls that still ring are not acknowledged. */
    @Override
    public void close() {
        ringing.shutdownNow();
        client.close();
    }

    private void call(ServerRequest request, ServerResponse response) {
        Map<String, String> call = JsonFields.read(request, body -> {
            var fields = new LinkedHashMap<String, String>();
            fields.put("id", body.text("id", 64));
            fields.put("callee", body.text("callee", 64));
            fields.put("text", body.text("text", LONGEST_TEXT));
            return () -> fields;
        });
        inbox.add(call);
        if (settings.answering().contains(call.getOrDefault("callee", ""))) {
            ringing.execute(() -> pickUp(call.getOrDefault("id", "")));
        }
        response.status(Status.ACCEPTED_202).send();
    }

    private void pickUp(String id) {
        try {
            Thread.sleep(settings.answerAfter());
            var answer =
                    client.send(HttpRequest.newBuilder(settings.relay().resolve("/calls/" + id + "/acknowledgement"))
                            .header("Authorization", "Bearer " + relayToken.get())
                            .POST(HttpRequest.BodyPublishers.noBody())
                            .build());
            if (answer.status() == Status.NO_CONTENT_204.code()) {
                inbox.stamp(call -> id.equals(call.get("id")), "acknowledged");
            } else {
                LOGGER.log(Level.WARNING, "alert-relay answers {0} to the acknowledgement of a call", answer.status());
            }
        } catch (IOException | IllegalArgumentException e) {
            LOGGER.log(Level.WARNING, "a call can''t be acknowledged at {0}: {1}", settings.relay(), e);
        } catch (InterruptedException e) {
            // the provider is closed
            Thread.currentThread().interrupt();
        }
    }
}
