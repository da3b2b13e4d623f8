package dev.rollcall.relay.delivery;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Posts JSON, with a limit on the time of the whole exchange: the JDK's client, whose own limit ends at the first byte of
 * the answer.
 */
public final class HttpSender implements AutoCloseable {
    private final HttpClient client;
    private final Duration timeout;

    /**
     * A sender.
     *
     * @param timeout the most time that one exchange may take
     */
    public HttpSender(Duration timeout) {
        this.timeout = timeout;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout)
                .build();
    }

    /**
     * Posts.
     *
     * @param url where to
     * @param token bearer token to send, none if empty
     * @param json the body
     * @return the answer, or why there is none; what was sent may have arrived all the same
     */
    public Outcome post(URI url, String token, byte[] json) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json; charset=utf-8")
                .timeout(timeout)
                .POST(HttpRequest.BodyPublishers.ofByteArray(json));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        CompletableFuture<HttpResponse<String>> exchange =
                client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        try {
            HttpResponse<String> response = exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return new Answered(response.statusCode(), response.body());
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof IOException) {
                // the message of some names the URL, in which there is a token
                return new Lost(cause.getClass().getSimpleName());
            }
            throw new IllegalStateException("a request can't be sent", cause);
        } catch (TimeoutException e) {
            exchange.cancel(true);
            return new Lost("no answer within " + timeout);
        } catch (InterruptedException e) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            return new Lost("interrupted");
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    /** How an exchange ended. */
    public sealed interface Outcome {}

    /**
     * With an answer.
     *
     * @param status its status
     * @param body its body
     */
    public record Answered(int status, String body) implements Outcome {}

    /**
     * Without one.
     *
     * @param reason why, in one line
     */
    public record Lost(String reason) implements Outcome {}
}
