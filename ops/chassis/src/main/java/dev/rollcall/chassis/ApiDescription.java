package dev.rollcall.chassis;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.HttpFeature;
import io.helidon.webserver.http.HttpRouting;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Serves the service's OpenAPI description, {@code openapi.yaml} on the class path, at {@code GET /openapi.yaml}. */
public final class ApiDescription implements HttpFeature {
    private static final String PATH = "/openapi.yaml";
    private static final Header CONTENT_TYPE = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/yaml");

    private final byte[] text;

    /**
     * Reads the description.
     *
     * @throws IllegalStateException if there is none
     */
    public ApiDescription() {
        try (InputStream file = ApiDescription.class.getResourceAsStream(PATH)) {
            if (file == null) {
                throw new IllegalStateException(
                        "no " + PATH + " on the class path (expected: the service's OpenAPI description)");
            }
            text = file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(PATH + " can't be read", e);
        }
    }

    @Override
    public void setup(HttpRouting.Builder routing) {
        routing.get(PATH, (request, response) -> response.header(CONTENT_TYPE).send(text))
                .any(PATH, ProblemFeature.methodNotAllowed("GET"));
    }
}
