package dev.rollcall.rollcall;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rollcall.discovery.http.BoundedHttpClient;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;

/** An HTTP API. Every answer is limited in time, to its last byte, and in size. */
public final class HttpApi {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final int MAX_BYTES = 32 * 1024 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final BoundedHttpClient client;
    private final URI base;
    private final String header;
    private final Supplier<String> secret;

    /**
     * An API without authentication.
     *
     * @param client may be shared by several APIs; the caller closes it
     * @param base for example {@code http://127.0.0.1:8500}
     */
    public HttpApi(BoundedHttpClient client, URI base) {
        this(client, base, "", () -> "");
    }

    private HttpApi(BoundedHttpClient client, URI base, String header, Supplier<String> secret) {
        this.client = client;
        this.base = base;
        this.header = header;
        this.secret = secret;
    }

    /** A client for any number of APIs with a timeout of 2 s and a limit of 32 MiB. */
    public static BoundedHttpClient client() {
        return new BoundedHttpClient(TIMEOUT, MAX_BYTES);
    }

    /**
     * The same API with a secret header, supplied for each request. The header is omitted while the secret is empty.
     */
    public HttpApi with(String header, Supplier<String> secret) {
        return new HttpApi(client, base, header, secret);
    }

    /** The same API with a bearer token in each request. */
    public HttpApi withToken(String token) {
        return with("Authorization", () -> "Bearer " + token);
    }

    /** The base URL. */
    public URI base() {
        return base;
    }

    /**
     * An answer of any status.
     *
     * @param body decoded as UTF-8
     */
    public record Answer(int status, String body) {}

    /** Sends a GET and returns the answer, whatever its status. */
    public Answer get(String pathAndQuery) throws NoAnswer {
        return send(request(pathAndQuery));
    }

    /** The body of a 2xx answer to a GET. */
    public String text(String pathAndQuery) throws NoAnswer {
        return ok(pathAndQuery, get(pathAndQuery));
    }

    /** The JSON of a 2xx answer to a GET. */
    public JsonNode json(String pathAndQuery) throws NoAnswer {
        String text = text(pathAndQuery);
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new NoAnswer(base + " answers something that is not JSON", e);
        }
    }

    /** Sends a PUT with a JSON body; fails unless the answer is 2xx. */
    public void put(String path, Object body) throws NoAnswer {
        String text = JSON.valueToTree(body).toString();
        ok(path, send(request(path).PUT(HttpRequest.BodyPublishers.ofString(text))));
    }

    /** Sends a POST without a body; fails unless the answer is 2xx. */
    public void post(String path) throws NoAnswer {
        ok(path, send(request(path).POST(HttpRequest.BodyPublishers.noBody())));
    }

    /** A segment of a path, or a value of a query, percent-encoded. */
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Explains a failed call, with the address that was called. */
    public static NoAnswer explain(String address, IOException e) {
        return switch (e) {
            case ConnectException refused -> new NoAnswer("nothing listens at " + address, e);
            case HttpConnectTimeoutException late -> new NoAnswer(address + " takes no connection in time", e);
            case HttpTimeoutException late -> new NoAnswer(address + " " + late.getMessage(), e);
            case BoundedHttpClient.TooLargeException large ->
                new NoAnswer.TooLarge(address, String.valueOf(large.getMessage()), e);
            case SSLException tls -> new NoAnswer("no TLS with " + address + ": " + tls.getMessage(), e);
            default -> new NoAnswer(address + " answers no HTTP: " + e, e);
        };
    }

    private HttpRequest.Builder request(String pathAndQuery) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(pathAndQuery));
        String value = header.isEmpty() ? "" : secret.get();
        return value.isEmpty() ? request : request.header(header, value);
    }

    private Answer send(HttpRequest.Builder request) throws NoAnswer {
        try {
            BoundedHttpClient.Answer answer = client.send(request.build());
            return new Answer(answer.status(), answer.text());
        } catch (IOException e) {
            throw explain(base.toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoAnswer("interrupted", e);
        }
    }

    private String ok(String path, Answer answer) throws NoAnswer {
        if (answer.status() / 100 != 2) {
            throw new NoAnswer.Refused(
                    answer.status(),
                    "%s answers %d %s"
                            .formatted(base.resolve(path), answer.status(), Line.first(answer.body()))
                            .strip());
        }
        return answer.body();
    }
}
