package dev.rollcall.relay.delivery;

import dev.rollcall.discovery.http.BoundedHttpClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.time.Duration;

/** Posts JSON. Limits the time of the whole exchange and the size of the answer. */
public final class HttpSender implements AutoCloseable {
    private static final int MAX_BYTES = 1024 * 1024;

    private final BoundedHttpClient client;
    private final Duration timeout;

    /**
     * A sender.
     *
     * @param timeout longest time of an exchange
     */
    public HttpSender(Duration timeout) {
        this.timeout = timeout;
        this.client = new BoundedHttpClient(timeout, MAX_BYTES);
    }

    /**
     * Posts JSON.
     *
     * @param url the address
     * @param token bearer token, none if empty
     * @param json the body
     * @return the answer, or why there is none; the request may have arrived all the same
     */
    public Outcome post(URI url, String token, byte[] json) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofByteArray(json));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            BoundedHttpClient.Answer answer = client.send(request.build());
            return new Answered(answer.status(), answer.text());
        } catch (HttpTimeoutException e) {
            return new Lost("no answer within " + timeout);
        } catch (BoundedHttpClient.TooLargeException e) {
            return new Lost("it " + e.getMessage());
        } catch (IOException e) {
            // some messages contain the URL, which contains a token
            return new Lost(e.getClass().getSimpleName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Lost("interrupted");
        }
    }

    @Override
    public void close() {
        client.close();
    }

    /** The outcome of an exchange. */
    public sealed interface Outcome {}

    /**
     * An answer.
     *
     * @param status its status
     * @param body its body
     */
    public record Answered(int status, String body) implements Outcome {}

    /**
     * No answer.
     *
     * @param reason one line for the log
     */
    public record Lost(String reason) implements Outcome {}
}
