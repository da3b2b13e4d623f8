package dev.rollcall.discovery.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;

/** A client of Consul's HTTP API that uses no code of the library under test. */
public final class ConsulHttp {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI url;
    private final String token;

    ConsulHttp(URI url) {
        this(url, "");
    }

    private ConsulHttp(URI url, String token) {
        this.url = url;
        this.token = token;
    }

    /** A copy that sends an ACL token. */
    public ConsulHttp withToken(String secret) {
        return new ConsulHttp(url, secret);
    }

    /** Ids of a service's instances in any state, in Consul's order. */
    public List<String> ids(String service) {
        return ids("/v1/health/service/" + service, "");
    }

    /** Ids of a service's instances that pass their checks. */
    public List<String> passing(String service) {
        return ids("/v1/health/service/" + service, "?passing=true");
    }

    /** Consul's JSON for a GET; a missing node for 404. */
    public JsonNode get(String path) {
        HttpResponse<String> response = send(request(path).GET().build());
        try {
            return response.statusCode() == 404 ? JSON.missingNode() : JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(response.statusCode() + " " + response.body(), e);
        }
    }

    /**
     * A PUT that must succeed.
     *
     * @return the response body
     */
    public String put(String path, String body) {
        return put(path, body.getBytes(StandardCharsets.UTF_8));
    }

    /** As above, with arbitrary bytes. */
    public String put(String path, byte[] body) {
        return succeeded(
                request(path).PUT(HttpRequest.BodyPublishers.ofByteArray(body)).build());
    }

    /** A DELETE that must succeed. */
    public void delete(String path) {
        succeeded(request(path).DELETE().build());
    }

    void awaitLeader() {
        Awaitility.await("a leader of Consul at " + url)
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .until(() -> !get("/v1/status/leader").asText().isEmpty());
    }

    private static String succeeded(HttpRequest request) {
        HttpResponse<String> response = send(request);
        if (response.statusCode() != 200) {
            throw new IllegalStateException(
                    request.method() + " " + request.uri() + ": " + response.statusCode() + " " + response.body());
        }
        return response.body();
    }

    private List<String> ids(String path, String query) {
        return StreamSupport.stream(get(path + query).spliterator(), false)
                .map(entry -> entry.get("Service").get("ID").asText())
                .toList();
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url.resolve(path)).timeout(Duration.ofSeconds(5));
        return token.isEmpty() ? request : request.header("X-Consul-Token", token);
    }

    private static HttpResponse<String> send(HttpRequest request) {
        try {
            return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(request.method() + " " + request.uri(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
