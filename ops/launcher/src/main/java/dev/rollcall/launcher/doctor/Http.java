package dev.rollcall.launcher.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Asks by GET, as Prometheus does. */
final class Http {

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** Prometheus follows where an instance sends it. */
    private final HttpClient scraper = client(HttpClient.Redirect.NORMAL);

    /** An API that sends elsewhere has not understood the question: what is answered there is another one's answer. */
    private final HttpClient asker = client(HttpClient.Redirect.NEVER);

    private final ObjectMapper json = new ObjectMapper();

    /** What Prometheus 2.24 sends; an instance may have several formats, and one of them may be broken. */
    private static final String ACCEPT =
            "application/openmetrics-text; version=0.0.1,text/plain;version=0.0.4;q=0.5,*/*;q=0.1";

    /** An answer of whatever status. */
    record Answer(int status, String contentType, byte[] bytes) {
        String body() {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    /**
     * What an address answers to a scrape.
     *
     * @param token the bearer token to bring, if any
     * @param timeout for all of it
     */
    Answer scrape(URI uri, Optional<String> token, Duration timeout) throws NoAnswer {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).header("Accept", ACCEPT).header("Accept-Encoding", "gzip");
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        return send(scraper, request, timeout);
    }

    /** What an API of Consul or Prometheus answers. */
    JsonNode json(URI uri) throws NoAnswer {
        Answer answer = send(asker, HttpRequest.newBuilder(uri), PATIENCE);
        if (answer.status() / 100 != 2) {
            throw new NoAnswer(
                    answer.status(), "%s answers %d %s".formatted(uri, answer.status(), Line.first(answer.body())));
        }
        try {
            return json.readTree(answer.body());
        } catch (IOException e) {
            throw new NoAnswer(uri + " answers something that is not JSON");
        }
    }

    /** A segment of a path, or a value of a query. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static HttpClient client(HttpClient.Redirect redirects) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(redirects)
                .connectTimeout(PATIENCE)
                .build();
    }

    private static Answer send(HttpClient client, HttpRequest.Builder request, Duration timeout) throws NoAnswer {
        HttpRequest built = request.build();
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(built, HttpResponse.BodyHandlers.ofByteArray());
        String address = built.uri().getScheme() + "://" + built.uri().getAuthority();
        try {
            HttpResponse<byte[]> response = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse(""),
                    unpacked(response, address));
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new NoAnswer("%s has not answered within %d s".formatted(address, timeout.toSeconds()));
        } catch (ExecutionException e) {
            throw noAnswer(address, String.valueOf(e.getMessage()), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoAnswer("interrupted");
        }
    }

    private static byte[] unpacked(HttpResponse<byte[]> response, String address) throws NoAnswer {
        if (!response.headers().firstValue("Content-Encoding").orElse("").equals("gzip")) {
            return response.body();
        }
        try (InputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
            return unpacked.readAllBytes();
        } catch (IOException e) {
            throw new NoAnswer(address + " answers what it calls gzip, and is not: " + e.getMessage());
        }
    }

    private static NoAnswer noAnswer(String address, String message, @Nullable Throwable cause) {
        return switch (cause) {
            case ConnectException refused -> new NoAnswer("nothing listens at " + address);
            case HttpTimeoutException late -> new NoAnswer(address + " takes no connection in time");
            case SSLException tls -> new NoAnswer("no TLS with " + address + ": " + tls.getMessage());
            case null, default -> new NoAnswer(address + " answers no HTTP: " + message);
        };
    }
}
