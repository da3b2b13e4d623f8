package dev.rollcall.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rollcall.discovery.http.BoundedHttpClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Another part of the platform, asked over HTTP: each answer, from connecting to its last byte, is bounded in time, and
 * in size.
 */
final class Upstream {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final BoundedHttpClient client;
    private final String name;
    private final URI base;
    private final String header;
    private final Supplier<String> secret;

    /** What {@code name} answers at {@code base}. */
    Upstream(String name, URI base, Duration timeout, int maxBytes) {
        this(new BoundedHttpClient(timeout, maxBytes), name, base, "", () -> "");
    }

    private Upstream(BoundedHttpClient client, String name, URI base, String header, Supplier<String> secret) {
        this.client = client;
        this.name = name;
        this.base = base;
        this.header = header;
        this.secret = secret;
    }

    /** The same, sending a secret in each request, asked for anew each time; none while it is empty. */
    Upstream with(String header, Supplier<String> secret) {
        return new Upstream(client, name, base, header, secret);
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
        try {
            BoundedHttpClient.Answer answer = client.send(request.build());
            return new Answer(answer.status(), answer.text());
        } catch (BoundedHttpClient.TooLargeException e) {
            throw new TooMuch(name + " " + e.getMessage(), e);
        } catch (HttpTimeoutException e) {
            throw new Away(name + " at " + base + " " + e.getMessage(), e);
        } catch (IOException e) {
            throw new Away(name + " at " + base + " does not answer", e);
        } catch (InterruptedException e) {
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
