package dev.rollcall.launcher.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rollcall.discovery.http.BoundedHttpClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLException;

/** Asks by GET, as Prometheus does. */
final class Http {

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** An exposition of a million series has about as many. */
    private static final int MAX_BYTES = 128 * 1024 * 1024;

    /** Prometheus follows where an instance sends it. */
    private final BoundedHttpClient scraper = new BoundedHttpClient(PATIENCE, MAX_BYTES, HttpClient.Redirect.NORMAL);

    /** An API that sends elsewhere has not understood the question: what is answered there is another one's answer. */
    private final BoundedHttpClient asker = new BoundedHttpClient(PATIENCE, MAX_BYTES);

    private final ObjectMapper json = new ObjectMapper();

    /** What Prometheus 2.24 sends; an instance may have several formats, and one of them may be broken. */
    private static final String ACCEPT =
            "application/openmetrics-text; version=0.0.1,text/plain;version=0.0.4;q=0.5,*/*;q=0.1";

    /** An answer of whatever status, unpacked if it was packed. */
    static final class Answer {
        private final int status;
        private final String contentType;
        private final byte[] bytes;

        private Answer(int status, String contentType, byte[] bytes) {
            this.status = status;
            this.contentType = contentType;
            this.bytes = bytes;
        }

        int status() {
            return status;
        }

        String contentType() {
            return contentType;
        }

        byte[] bytes() {
            return bytes.clone();
        }

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

    private static Answer send(BoundedHttpClient client, HttpRequest.Builder request, Duration timeout)
            throws NoAnswer {
        HttpRequest built = request.build();
        String address = built.uri().getScheme() + "://" + built.uri().getAuthority();
        try {
            BoundedHttpClient.Answer answer = client.send(built, timeout);
            return new Answer(
                    answer.status(), answer.headers().firstValue("Content-Type").orElse(""), unpacked(answer, address));
        } catch (IOException e) {
            throw noAnswer(address, timeout, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoAnswer("interrupted");
        }
    }

    private static byte[] unpacked(BoundedHttpClient.Answer answer, String address) throws NoAnswer {
        if (!answer.headers().firstValue("Content-Encoding").orElse("").equals("gzip")) {
            return answer.bytes();
        }
        try (InputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(answer.bytes()))) {
            byte[] bytes = unpacked.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new BoundedHttpClient.TooLargeException(MAX_BYTES);
            }
            return bytes;
        } catch (BoundedHttpClient.TooLargeException e) {
            throw new NoAnswer(address + " " + e.getMessage());
        } catch (IOException e) {
            throw new NoAnswer(address + " answers what it calls gzip, and is not: " + e.getMessage());
        }
    }

    private static NoAnswer noAnswer(String address, Duration timeout, IOException e) {
        return switch (e) {
            case ConnectException refused -> new NoAnswer("nothing listens at " + address);
            case HttpConnectTimeoutException late -> new NoAnswer(address + " takes no connection in time");
            case HttpTimeoutException late ->
                new NoAnswer("%s has not answered within %d s".formatted(address, timeout.toSeconds()));
            case BoundedHttpClient.TooLargeException large -> new NoAnswer(address + " " + large.getMessage());
            case SSLException tls -> new NoAnswer("no TLS with " + address + ": " + tls.getMessage());
            default -> new NoAnswer(address + " answers no HTTP: " + e);
        };
    }
}
