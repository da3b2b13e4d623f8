package dev.rollcall.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** Asks a part of the platform over its HTTP API. */
final class HttpJson {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final HttpClient client;
    private final ObjectMapper json = new ObjectMapper();
    private final URI base;
    private final Optional<String> token;

    HttpJson(HttpClient client, URI base) {
        this(client, base, Optional.empty());
    }

    /** With a bearer token in every request, if there is one. */
    HttpJson(HttpClient client, URI base, Optional<String> token) {
        this.client = client;
        this.base = base;
        this.token = token;
    }

    /** For any number of these, which leave it to its maker to close it: it holds a thread and descriptors until then. */
    static HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(PATIENCE)
                .build();
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
            HttpResponse<String> response =
                    client.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                throw new Refused(response.uri(), response.statusCode());
            }
            return response.body();
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
