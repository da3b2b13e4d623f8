package dev.rollcall.discovery.http.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rollcall.discovery.testing.TestAuthority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** A client of one server's JSON API, with the JDK's HTTP client. */
public final class Api {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final HttpClient http;
    private final URI base;
    private final String[] headers;

    private Api(HttpClient http, URI base, String[] headers) {
        this.http = http;
        this.base = base;
        this.headers = headers;
    }

    /** The API on a port of this host. */
    public static Api on(int port) {
        return new Api(HTTP, URI.create("http://127.0.0.1:" + port), new String[0]);
    }

    /** The API on a TLS port of this host; trusts certificates of the authority. */
    public static Api on(int port, TestAuthority authority) {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(authority.trusting())
                .build();
        return new Api(http, URI.create("https://127.0.0.1:" + port), new String[0]);
    }

    /** A copy that sends one more header. */
    public Api with(String name, String value) {
        String[] more =
                Stream.concat(Arrays.stream(headers), Stream.of(name, value)).toArray(String[]::new);
        return new Api(http, base, more);
    }

    /** A copy that sends a bearer token. */
    public Api withToken(String token) {
        return with("Authorization", "Bearer " + token);
    }

    public Answer get(String path) {
        return send("GET", path);
    }

    /** Sends a POST with content type JSON, valid or not. */
    public Answer post(String path, String body) {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
    }

    /** Sends a POST with another content type. */
    public Answer post(String path, String contentType, String body) {
        return send(request(path).header("Content-Type", contentType).POST(BodyPublishers.ofString(body)));
    }

    /** Sends a request without a body. */
    public Answer send(String method, String path) {
        return send(request(path).method(method, BodyPublishers.noBody()));
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path));
        return headers.length == 0 ? request : request.headers(headers);
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            return new Answer(http.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** A response. */
    public record Answer(HttpResponse<String> response) {
        public int status() {
            return response.statusCode();
        }

        /** One of its headers. */
        public Optional<String> header(String name) {
            return response.headers().firstValue(name);
        }

        /** Its unparsed body. */
        public String text() {
            return response.body();
        }

        /** Its body, which must be JSON. */
        public JsonNode json() {
            try {
                return JSON.readTree(text());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** The last part of a problem's type. */
        public String problem() {
            if (!header("Content-Type").orElse("").equals("application/problem+json")) {
                throw new AssertionError(status() + " is no problem: " + text());
            }
            return json().path("type").asText().replaceFirst("^urn:rollcall:problem:", "");
        }
    }
}
