package dev.rollcall.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** The page's translations. */
final class Words {
    private Words() {}

    static JsonNode file(String name) throws IOException {
        try (InputStream file =
                Objects.requireNonNull(Words.class.getResourceAsStream("/web/i18n/" + name + ".json"), name)) {
            return new ObjectMapper().readTree(file);
        }
    }
}
