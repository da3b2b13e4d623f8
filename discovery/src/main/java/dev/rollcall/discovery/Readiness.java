package dev.rollcall.discovery;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** What an instance says of itself, asked the way Consul would: a broken server calls itself broken. Thread-safe. */
final class Readiness implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final URI path;
    private final Duration timeout;
    private final HttpClient client;

    /**
     * Readiness of one instance.
     *
     * @param path where the instance answers whether it is ready
     * @param timeout time an answer may take
     */
    Readiness(URI path, Duration timeout) {
        this.path = path;
        this.timeout = timeout;
        this.client = HttpClient.newBuilder().connectTimeout(timeout).build();
    }

    Answer ask() throws InterruptedException {
        try {
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(path).timeout(timeout).build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(
                    response.statusCode(), "GET " + path + ": " + response.statusCode() + " " + response.body());
        } catch (IOException e) {
            return new Answer(0, "GET " + path + ": " + e);
        }
    }

    /**
     * Asks until the instance no longer says that it isn't ready, for {@code longest} and one call at most.
     *
     * @return the last answer
     */
    Answer await(Duration longest) throws InterruptedException {
        long deadline = System.nanoTime() + longest.toNanos();
        while (true) {
            Answer answer = ask();
            if (!answer.isNotReady() || System.nanoTime() - deadline >= 0) {
                return answer;
            }
            Thread.sleep(PAUSE);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    /**
     * An answer.
     *
     * @param code HTTP status, 0 if there was none
     * @param output the answer in words, for Consul to show
     */
    record Answer(int code, String output) {
        CheckStatus status() {
            return code >= 200 && code < 300 ? CheckStatus.PASSING : CheckStatus.CRITICAL;
        }

        /** Whether the instance itself says so: that it has no such path, or lets nobody ask, is another matter. */
        boolean isNotReady() {
            return code >= 500;
        }
    }
}
