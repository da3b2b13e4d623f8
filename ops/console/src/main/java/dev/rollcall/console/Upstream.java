package dev.rollcall.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.function.Supplier;

/**
 * Another part of the platform, asked over HTTP: each answer, from connecting to its last byte, is bounded in time, and
 * in size.
 */
final class Upstream {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client;
    private final String name;
    private final URI base;
    private final Duration timeout;
    private final int maxBytes;
    private final String header;
    private final Supplier<String> secret;

    /** What {@code name} answers at {@code base}. */
    Upstream(String name, URI base, Duration timeout, int maxBytes) {
        this(
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(timeout)
                        .build(),
                name,
                base,
                timeout,
                maxBytes,
                "",
                () -> "");
    }

    private Upstream(
            HttpClient client,
            String name,
            URI base,
            Duration timeout,
            int maxBytes,
            String header,
            Supplier<String> secret) {
        this.client = client;
        this.name = name;
        this.base = base;
        this.timeout = timeout;
        this.maxBytes = maxBytes;
        this.header = header;
        this.secret = secret;
    }

    /** The same, sending a secret in each request, asked for anew each time; none while it is empty. */
    Upstream with(String header, Supplier<String> secret) {
        return new Upstream(client, name, base, timeout, maxBytes, header, secret);
    }

    /** What it is called, in words for people. */
    String name() {
        return name;
    }

    /**
     * The answer to a GET, whatever its status.
     *
     * @throws TooMuch if it is too large
     * @throws Away if there is none
     */
    Answer get(String pathAndQuery) throws Away {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(pathAndQuery));
        String value = header.isEmpty() ? "" : secret.get();
        if (!value.isEmpty()) {
            request.header(header, value);
        }
        CompletableFuture<HttpResponse<byte[]>> response =
                client.sendAsync(request.build(), info -> new BoundedBody(maxBytes));
        try {
            HttpResponse<byte[]> answer = response.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(answer.statusCode(), new String(answer.body(), StandardCharsets.UTF_8));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof BoundedBody.TooLarge) {
                throw new TooMuch(name + " answers more than " + maxBytes + " bytes", e);
            }
            throw new Away(name + " at " + base + " does not answer", e);
        } catch (TimeoutException e) {
            response.cancel(true);
            throw new Away(name + " at " + base + " does not answer within " + timeout.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            response.cancel(true);
            Thread.currentThread().interrupt();
            throw new Away("interrupted", e);
        }
    }

    /**
     * The JSON that a GET answers with 200.
     *
     * @throws Away if it answers anything else
     */
    JsonNode json(String pathAndQuery) throws Away {
        Answer answer = get(pathAndQuery);
        if (answer.status() != 200) {
            throw new Away(name + " answers " + answer.status());
        }
        return answer.json();
    }

    /** A status, and a body of UTF-8. */
    record Answer(int status, String body) {
        /**
         * The body as JSON.
         *
         * @throws Away if it is none
         */
        JsonNode json() throws Away {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new Away("an answer is no JSON", e);
            }
        }
    }

    /** No usable answer came; the message says so in one line. */
    static class Away extends Exception {
        Away(String message) {
            super(message);
        }

        Away(String message, Throwable cause) {
            super(message, cause);
        }

        /** The one line. */
        String line() {
            return String.valueOf(getMessage());
        }
    }

    /** An answer came, too large to be read to its end. */
    static final class TooMuch extends Away {
        TooMuch(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
