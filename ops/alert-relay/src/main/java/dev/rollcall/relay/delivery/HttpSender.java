package dev.rollcall.relay.delivery;

import dev.rollcall.discovery.http.BoundedHttpClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.time.Duration;

/** Posts JSON, with a limit on the time of the whole exchange and on the size of the answer. */
public final class HttpSender implements AutoCloseable {
    private static final int MAX_BYTES = 1024 * 1024;

    private final BoundedHttpClient client;
    private final Duration timeout;

    /**
     * A sender.
     *
     * @param timeout the most time that one exchange may take
     */
    public HttpSender(Duration timeout) {
        this.timeout = timeout;
        this.client = new BoundedHttpClient(timeout, MAX_BYTES);
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
            // the message of some names the URL, in which there is a token
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
