package dev.rollcall.launcher.doctor;

import dev.rollcall.discovery.http.BoundedHttpClient;
import dev.rollcall.launcher.catalogue.Exposition;
import dev.rollcall.rollcall.HttpApi;
import dev.rollcall.rollcall.NoAnswer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Scrapes an instance as Prometheus does. */
final class Scraper {

    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    /** The size of an exposition with about a million series. */
    private static final int MAX_BYTES = 128 * 1024 * 1024;

    /** Prometheus follows redirects too. */
    private final BoundedHttpClient client = new BoundedHttpClient(TIMEOUT, MAX_BYTES, HttpClient.Redirect.NORMAL);

    /** The header of Prometheus 2.24. An instance may offer several formats, and only one may be broken. */
    private static final String ACCEPT =
            "application/openmetrics-text; version=0.0.1,text/plain;version=0.0.4;q=0.5,*/*;q=0.1";

    /** An answer of any status, decompressed. */
    static final class Response {
        private final URI uri;
        private final int status;
        private final String contentType;
        private final ByteBuffer bytes;
        private @Nullable Exposition exposition;

        Response(URI uri, int status, String contentType, ByteBuffer bytes) {
            this.uri = uri;
            this.status = status;
            this.contentType = contentType;
            this.bytes = bytes;
        }

        /** The URL that was asked. */
        URI uri() {
            return uri;
        }

        int status() {
            return status;
        }

        String contentType() {
            return contentType;
        }

        String body() {
            return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
        }

        /** Its body, parsed once in the format of its content type. */
        synchronized Exposition exposition() throws Exposition.Malformed {
            Exposition known = exposition;
            if (known == null) {
                known = Exposition.parse(bytes, contentType);
                exposition = known;
            }
            return known;
        }

        /** Its exposition; empty if there is none or it cannot be parsed. */
        Optional<Exposition> readable() {
            try {
                return status == 200 ? Optional.of(exposition()) : Optional.empty();
            } catch (Exposition.Malformed e) {
                return Optional.empty();
            }
        }
    }

    /**
     * Scrapes a URL.
     *
     * @param token the bearer token to send, if any
     * @param timeout for the whole answer
     */
    Response scrape(URI uri, Optional<String> token, Duration timeout) throws NoAnswer {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).header("Accept", ACCEPT).header("Accept-Encoding", "gzip");
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        String address = uri.getScheme() + "://" + uri.getAuthority();
        try {
            BoundedHttpClient.Answer answer = client.send(request.build(), timeout);
            return new Response(
                    uri,
                    answer.status(),
                    answer.headers().firstValue("Content-Type").orElse(""),
                    ByteBuffer.wrap(unpacked(answer, address)));
        } catch (IOException e) {
            throw HttpApi.explain(address, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoAnswer("interrupted", e);
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
            throw HttpApi.explain(address, e);
        } catch (IOException e) {
            throw new NoAnswer(address + " sends invalid gzip: " + e.getMessage(), e);
        }
    }
}
