package dev.rollcall.discovery.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;

/**
 * Consul's HTTP API as a bystander sees it: plain requests, no code of the library under test.
 */
public final class ConsulHttp {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI url;

    ConsulHttp(URI url) {
        this.url = url;
    }

    /** Ids of a service's instances, in Consul's order, whatever their checks say. */
    public List<String> ids(String service) {
        return ids("/v1/health/service/" + service, "");
    }

    /** Ids of a service's instances that pass their checks. */
    public List<String> passing(String service) {
        return ids("/v1/health/service/" + service, "?passing=true");
    }

    /** The JSON that Consul answers to a GET; a missing node for 404. */
    public JsonNode get(String path) {
        HttpResponse<String> response = send(request(path).GET().build());
        try {
            return response.statusCode() == 404 ? JSON.missingNode() : JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(response.statusCode() + " " + response.body(), e);
        }
    }

    /** A PUT that has to succeed. */
    public void put(String path, String body) {
        HttpResponse<String> response = send(
                request(path).PUT(HttpRequest.BodyPublishers.ofString(body)).build());
        if (response.statusCode() != 200) {
            throw new IllegalStateException("PUT " + path + ": " + response.statusCode() + " " + response.body());
        }
    }

    void awaitLeader() {
        // its own catalog entry is there once a leader is
        Awaitility.await("a leader of Consul at " + url)
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .until(() -> get("/v1/catalog/service/consul").size() == 1);
    }

    private List<String> ids(String path, String query) {
        return StreamSupport.stream(get(path + query).spliterator(), false)
                .map(entry -> entry.get("Service").get("ID").asText())
                .toList();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(url.resolve(path)).timeout(Duration.ofSeconds(5));
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
