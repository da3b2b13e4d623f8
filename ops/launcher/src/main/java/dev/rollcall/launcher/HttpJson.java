package dev.rollcall.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rollcall.discovery.http.BoundedHttpClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;

/** Asks a part of the platform over its HTTP API. */
final class HttpJson {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final int MAX_BYTES = 32 * 1024 * 1024;

    private final BoundedHttpClient client;
    private final ObjectMapper json = new ObjectMapper();
    private final URI base;
    private final Optional<String> token;

    HttpJson(BoundedHttpClient client, URI base) {
        this(client, base, Optional.empty());
    }

    /** With a bearer token in every request, if there is one. */
    HttpJson(BoundedHttpClient client, URI base, Optional<String> token) {
        this.client = client;
        this.base = base;
        this.token = token;
    }

    /** For any number of these, which leave it to its maker to close it: it holds a thread and descriptors until then. */
    static BoundedHttpClient client() {
        return new BoundedHttpClient(PATIENCE, MAX_BYTES);
    }

    /** What a GET of the path answers. */
    JsonNode get(String path) throws Unanswered {
        return json(send(HttpRequest.newBuilder(base.resolve(path))));
    }

    /** What a GET of the path answers, as it is. */
    String text(String path) throws Unanswered {
        return send(HttpRequest.newBuilder(base.resolve(path)));
    }

    /** A PUT whose answer does not matter as long as it is a success. */
    void put(String path, Object body) throws Unanswered {
        String text = json.valueToTree(body).toString();
        send(HttpRequest.newBuilder(base.resolve(path)).PUT(HttpRequest.BodyPublishers.ofString(text)));
    }

    /** A POST of nothing whose answer does not matter as long as it is a success. */
    void post(String path) throws Unanswered {
        send(HttpRequest.newBuilder(base.resolve(path)).POST(HttpRequest.BodyPublishers.noBody()));
    }

    private String send(HttpRequest.Builder request) throws Unanswered {
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        try {
            HttpRequest built = request.build();
            BoundedHttpClient.Answer answer = client.send(built);
            if (answer.status() / 100 != 2) {
                throw new Refused(built.uri(), answer.status());
            }
            return answer.text();
        } catch (HttpTimeoutException | BoundedHttpClient.TooLargeException e) {
            throw new Unanswered(base + " " + e.getMessage(), e);
        } catch (IOException e) {
            throw new Unanswered(base + " does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unanswered("interrupted", e);
        }
    }

    private JsonNode json(String body) throws Unanswered {
        try {
            return json.readTree(body);
        } catch (IOException e) {
            throw new Unanswered(base + " answers something that is not JSON", e);
        }
    }

    /** No usable answer came, as happens while a part starts or is away. */
    static class Unanswered extends Exception {
        Unanswered(String message) {
            super(message);
        }

        Unanswered(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** It answers, yet with another status than a success. */
    static final class Refused extends Unanswered {
        private final int status;

        Refused(URI uri, int status) {
            super("%s answers %d".formatted(uri, status));
            this.status = status;
        }

        int status() {
            return status;
        }
    }
}
