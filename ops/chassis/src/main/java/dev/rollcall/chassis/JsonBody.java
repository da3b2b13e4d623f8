package dev.rollcall.chassis;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.discovery.http.Problem;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.media.type.MediaTypes;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** JSON bodies of requests and responses. */
public final class JsonBody {
    /** Largest body of a request, in bytes. */
    static final int MAX_BYTES = 64 * 1024;

    private static final Duration MAX_TIME = Duration.ofSeconds(10);
    private static final int PART_BYTES = 8 * 1024;
    private static final Header CONTENT_TYPE =
            ValidHeader.constant(HeaderNames.CONTENT_TYPE, MediaTypes.APPLICATION_JSON.text());
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    private JsonBody() {}

    /**
     * Sends a value as JSON, whatever the request accepts: the work is done, and there is no other format.
     *
     * @param response the response
     * @param value a record, map or list
     */
    public static void send(ServerResponse response, Object value) {
        response.header(CONTENT_TYPE).send(write(value));
    }

    private static byte[] write(Object value) {
        try {
            return JSON.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON can be made of " + value, e);
        }
    }

    /**
     * Reads the JSON object that a request must send, within 64 KiB and 10 s.
     *
     * @throws Problem if it is missing, broken off or malformed (400), too slow (408), too large (413) or not JSON (415)
     */
    static ObjectNode read(ServerRequest request) {
        try {
            if (JSON.readTree(bytes(request, MAX_BYTES, MAX_TIME)) instanceof ObjectNode object) {
                return object;
            }
            throw malformed("the body must be a JSON object");
        } catch (JsonProcessingException e) {
            JsonLocation where = e.getLocation();
            throw malformed(
                    where == null
                            ? "the body is nested too deeply"
                            : "the body is no JSON: line " + where.getLineNr() + ", column " + where.getColumnNr());
        } catch (IOException e) {
            throw brokenOff();
        }
    }

    /**
     * Reads the body of a request that must be sent as JSON, without parsing it.
     *
     * @param request the request
     * @param maxBytes the most bytes it may have
     * @param maxTime the longest time it may take
     * @return the body
     * @throws Problem if it is missing (400), broken off (400), too slow (408), too large (413) or not JSON (415)
     */
    public static byte[] bytes(ServerRequest request, int maxBytes, Duration maxTime) {
        if (!request.content().hasEntity()) {
            throw malformed("the body is empty, a JSON object is expected");
        }
        boolean json = request.headers()
                .contentType()
                .filter(type -> type.mediaType().equals(MediaTypes.APPLICATION_JSON))
                .isPresent();
        if (!json) {
            throw Problem.of(
                    Status.UNSUPPORTED_MEDIA_TYPE_415,
                    "unsupported-media-type",
                    "the body must be sent as Content-Type: application/json");
        }
        try {
            return bytes(request.content().inputStream(), maxBytes, maxTime);
        } catch (IOException | DataReader.InsufficientDataAvailableException | DataReader.IncorrectNewLineException e) {
            throw brokenOff();
        }
    }

    /** 413, for a body of more than {@link #MAX_BYTES}. */
    static Problem tooLarge() {
        return tooLarge(MAX_BYTES);
    }

    private static byte[] bytes(InputStream body, int maxBytes, Duration maxTime) throws IOException {
        long start = System.nanoTime();
        var bytes = new ByteArrayOutputStream();
        byte[] part = new byte[PART_BYTES];
        for (int read = body.read(part); read != -1; read = body.read(part)) {
            bytes.write(part, 0, read);
            // the listener's own limit closes the connection, often before a client that still sends has our response
            if (bytes.size() > maxBytes) {
                throw tooLarge(maxBytes);
            }
            if (System.nanoTime() - start > maxTime.toNanos()) {
                throw tooSlow(maxTime);
            }
        }
        return bytes.toByteArray();
    }

    private static Problem tooLarge(int maxBytes) {
        return Problem.of(
                Status.REQUEST_ENTITY_TOO_LARGE_413,
                "body-too-large",
                "a body may have " + maxBytes + " bytes at the most");
    }

    private static Problem tooSlow(Duration maxTime) {
        return Problem.of(
                        Status.REQUEST_TIMEOUT_408,
                        "body-too-slow",
                        "a body may take " + maxTime.toSeconds() + " s at the most")
                .with(HeaderValues.CONNECTION_CLOSE);
    }

    private static Problem brokenOff() {
        // where the next request begins is unknown
        return malformed("the body broke off, or its chunks or characters are none")
                .with(HeaderValues.CONNECTION_CLOSE);
    }

    private static Problem malformed(String detail) {
        return Problem.of(Status.BAD_REQUEST_400, "malformed-json", detail);
    }
}
