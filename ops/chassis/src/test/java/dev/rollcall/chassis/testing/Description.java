package dev.rollcall.chassis.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.rollcall.discovery.http.testing.Api;
import dev.rollcall.discovery.http.testing.Api.Answer;
import io.helidon.webserver.http.HttpFeature;
import io.helidon.webserver.http.HttpRouting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The OpenAPI description that a running service serves, and checks of the service's answers against it. */
public final class Description {
    private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch", "head");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode document;
    private final SchemaRegistry schemas = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private Description(JsonNode document) {
        this.document = document;
    }

    /** A call: its method in upper case, its path's pattern and its description. */
    public record Operation(String method, String path, JsonNode about) {
        @Override
        public String toString() {
            return method + " " + path;
        }

        /** Whether it needs a token. */
        public boolean guarded() {
            return about.has("security");
        }

        /** Its path and query, with the examples of its parameters. */
        public String target() {
            String target = path;
            var query = new ArrayList<String>();
            for (JsonNode parameter : about.path("parameters")) {
                String name = parameter.path("name").asText();
                String example = parameter.path("example").asText();
                switch (parameter.path("in").asText()) {
                    case "path" -> target = target.replace("{" + name + "}", example);
                    case "query" ->
                        Optional.of(example).filter(it -> !it.isEmpty()).ifPresent(it -> query.add(name + "=" + it));
                    default -> {}
                }
            }
            return query.isEmpty() ? target : target + "?" + String.join("&", query);
        }

        /** The examples of its body; one empty text if it has no body. */
        public List<String> bodies() {
            List<String> bodies = new ArrayList<>();
            about.path("requestBody")
                    .path("content")
                    .path("application/json")
                    .path("examples")
                    .forEach(example -> bodies.add(example.path("value").toString()));
            return bodies.isEmpty() ? List.of("") : bodies;
        }

        /** Calls it with one of its bodies. */
        public Answer call(Api api, String body) {
            return body.isEmpty() ? api.send(method, target()) : api.post(target(), body);
        }
    }

    /** Reads a service's description. */
    public static Description of(Api api) {
        try {
            return new Description(
                    new YAMLMapper().readTree(api.get("/openapi.yaml").text()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every call, in the order of the document. */
    public List<Operation> operations() {
        var operations = new ArrayList<Operation>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(method -> METHODS.contains(method.getKey()))
                        .forEach(method -> operations.add(new Operation(
                                method.getKey().toUpperCase(Locale.ROOT), path.getKey(), method.getValue()))));
        return operations;
    }

    /** How an answer differs from its description; empty if it doesn't. */
    public List<String> complaints(Operation operation, Answer answer) {
        JsonNode response = resolved(operation.about().path("responses").path(String.valueOf(answer.status())));
        if (response.isMissingNode()) {
            return List.of("status " + answer.status() + " isn't described: " + answer.text());
        }
        JsonNode content = response.path("content");
        if (content.isMissingNode()) {
            return answer.text().isEmpty() ? List.of() : List.of("a body isn't described: " + answer.text());
        }
        String type = answer.header("Content-Type").orElse("");
        if (!content.has(type)) {
            return List.of("content type " + type + " isn't described");
        }
        Stream<String> missing = response.path("headers").properties().stream()
                .filter(header -> answer.header(header.getKey()).isEmpty())
                .map(header -> "header " + header.getKey() + " is missing");
        Stream<String> invalid =
                type.endsWith("json") ? invalid(content.path(type).path("schema"), answer.text()) : Stream.of();
        return Stream.concat(missing, invalid).toList();
    }

    /** How the examples of a call's body violate its schema. */
    public List<String> complaints(Operation operation) {
        JsonNode schema = operation
                .about()
                .path("requestBody")
                .path("content")
                .path("application/json")
                .path("schema");
        return operation.bodies().stream()
                .filter(body -> !body.isEmpty())
                .flatMap(body -> invalid(schema, body))
                .toList();
    }

    /** Checks that calls without a token, and malformed bodies, are refused as described. */
    public void assertRefusals(Api nobody, Api admin) {
        for (Operation operation : operations()) {
            var answer = operation.call(nobody, operation.bodies().getFirst());
            assertThat(answer.status() == 401).as("%s", operation).isEqualTo(operation.guarded());
            assertThat(complaints(operation, answer)).as("%s", operation).isEmpty();
            if (operation.method().equals("POST")) {
                for (String body : new String[] {"{", "{}"}) {
                    assertThat(complaints(operation, admin.post(operation.target(), body)))
                            .as("%s %s", operation, body)
                            .isEmpty();
                }
                assertThat(complaints(operation, admin.post(operation.target(), "text/plain", "{}")))
                        .as("%s", operation)
                        .isEmpty();
            }
        }
    }

    /** The calls that routes accept, as {@link Operation#toString} writes them. */
    public static Set<String> routes(HttpFeature... features) {
        var routes = new TreeSet<String>();
        var recorder = (HttpRouting.Builder) Proxy.newProxyInstance(
                Description.class.getClassLoader(),
                new Class<?>[] {HttpRouting.Builder.class},
                (proxy, method, arguments) -> {
                    if (METHODS.contains(method.getName())) {
                        routes.add(method.getName().toUpperCase(Locale.ROOT) + " " + arguments[0]);
                    }
                    return proxy;
                });
        for (HttpFeature feature : features) {
            feature.setup(recorder);
        }
        return routes;
    }

    private Stream<String> invalid(JsonNode schema, String json) {
        try {
            // references point into the document: the schema is validated as a part of it
            ObjectNode whole = JSON.createObjectNode();
            whole.set("components", document.path("components"));
            whole.setAll((ObjectNode) schema);
            return schemas.getSchema(whole).validate(JSON.readTree(json)).stream()
                    .map(Error::toString);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
    }
}
