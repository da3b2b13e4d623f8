package dev.rollcall.discovery.registration;

import dev.rollcall.discovery.http.BoundedHttpClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;

/** The instance's own readiness, requested over HTTP as Consul would. Thread-safe. */
final class Readiness implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int MAX_BYTES = 1024 * 1024;

    private final URI path;
    private final BoundedHttpClient client;

    /**
     * Readiness of one instance.
     *
     * @param path URL of its readiness endpoint
     * @param timeout limit of a call, to the last byte of the answer
     */
    Readiness(URI path, Duration timeout) {
        this.path = path;
        this.client = new BoundedHttpClient(timeout, MAX_BYTES);
    }

    Answer ask() throws InterruptedException {
        try {
            BoundedHttpClient.Answer answer =
                    client.send(HttpRequest.newBuilder(path).build());
            return new Answer(answer.status(), "GET " + path + ": " + answer.status() + " " + answer.text());
        } catch (IOException e) {
            return new Answer(0, "GET " + path + ": " + e);
        }
    }

    /**
     * Asks until the instance no longer answers that it isn't ready, for at most {@code longest} plus one call.
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
        client.close();
    }

    /**
     * An answer.
     *
     * @param code HTTP status, 0 if there was none
     * @param output text for Consul to show
     */
    record Answer(int code, String output) {
        CheckStatus status() {
            return code >= 200 && code < 300 ? CheckStatus.PASSING : CheckStatus.CRITICAL;
        }

        /** Whether the instance says that it isn't ready; a missing path or a refusal says nothing. */
        boolean isNotReady() {
            return code >= 500;
        }
    }
}
