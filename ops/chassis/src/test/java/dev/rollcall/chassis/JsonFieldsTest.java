package dev.rollcall.chassis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.http.testing.Api;
import dev.rollcall.discovery.http.testing.Api.Answer;
import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFieldsTest {
    private static final String VALID = """
            {"name": "Zoë", "code": "a1", "colour": "red", "at": "2026-01-31T09:00:00.1234567+01:00",
             "parts": [{"size": 1}, {"size": 2}]}""";

    private static WebServer server;
    private static Api api;

    private record Part(long size) {}

    private record Thing(String name, String code, String colour, Instant at, List<Part> parts) {}

    @BeforeAll
    static void start() {
        server = WebServer.builder()
                .address(InetAddress.getLoopbackAddress())
                .maxPayloadSize(1 << 20)
                .directHandlers(ProblemFeature.directHandlers())
                .routing(routing -> routing.addFeature(new ProblemFeature()).post("/things", (request, response) -> {
                    Thing thing = JsonFields.read(request, JsonFieldsTest::thing);
                    JsonBody.send(response, Map.of("thing", thing.toString()));
                }))
                .build();
        Listeners.start(server);
        api = Api.on(server.port());
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    private static Supplier<Thing> thing(JsonFields body) {
        String name = body.text("name", 8);
        String code = body.text("code", Pattern.compile("[a-z]\\d"), "must be a letter and a digit");
        String colour = body.oneOf("colour", List.of("red", "blue"));
        Instant at = body.time("at");
        List<Part> parts = body.list("parts", 3, part -> {
            long size = part.integer("size", 1, 10);
            return () -> new Part(size);
        });
        return () -> new Thing(name, code, colour, at, parts);
    }

    @Test
    void readsEveryKindOfField() {
        assertThat(api.post("/things", VALID).json().path("thing").asText())
                .isEqualTo("Thing[name=Zoë, code=a1, colour=red, at=2026-01-31T08:00:00.123456Z,"
                        + " parts=[Part[size=1], Part[size=2]]]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "text/html,*/*;q=0.1", "nonsense", ""})
    void answersInJsonWhateverTheClientAccepts(String accept) {
        Answer answer = api.with("Accept", accept).post("/things", VALID);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).contains("application/json");
    }

    @Test
    void takesAContentTypeWithParameters() {
        assertThat(api.post("/things", "application/json; charset=utf-8", VALID).status())
                .isEqualTo(200);
    }

    @Test
    void namesEveryInvalidFieldAtOnce() {
        Answer answer = api.post("/things", """
                {"name": "far too long", "code": 7, "colour": "green", "parts": [{"size": 0}, 5, {"siz": 1}], "x/y": 1}""");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.problem()).isEqualTo("invalid-fields");
        assertThat(pointers(answer))
                .containsExactly(
                        "#/name",
                        "#/code",
                        "#/colour",
                        "#/at",
                        "#/parts/0/size",
                        "#/parts/1",
                        "#/parts/2/size",
                        "#/parts/2/siz",
                        "#/x~1y");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1e0", "\"1\"", "true", "null", "0", "11", "99999999999999999999", "[]", "{}"})
    void refusesAnIntegerThatIsNone(String size) {
        assertThat(pointers(api.post("/things", VALID.replace("\"size\": 1", "\"size\": " + size))))
                .containsExactly("#/parts/0/size");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-02-30T00:00:00Z",
                "2026-01-31",
                "2026-01-31T08:00:00",
                "1969-12-31T23:59:59Z",
                "+12026-01-31T08:00:00Z",
                "soon"
            })
    void refusesATimeThatIsNone(String time) {
        assertThat(pointers(api.post("/things", VALID.replaceFirst("2026-[^\"]*", time))))
                .containsExactly("#/at");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\\u0000b", "a\\nb", "\\u0085", "\\ud800"})
    void refusesATextThatNoStoreOrLogShouldSee(String name) {
        assertThat(pointers(api.post("/things", VALID.replace("Zoë", name)))).containsExactly("#/name");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "nope", "[]", "\"text\"", "null", "{\"name\":", "{} {}", "{\"a\":1,\"a\":2}", "{\"a\":01}"})
    void answers400ToWhatIsNoJsonObject(String body) {
        Answer answer = api.post("/things", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("malformed-json");
    }

    @Test
    void answers400ToDeepNesting() {
        assertThat(api.post("/things", "{\"a\":" + "[".repeat(30_000)).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/xml", "application/x-www-form-urlencoded"})
    void answers415ToAnotherContentType(String type) {
        Answer answer = api.post("/things", type, VALID);

        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.problem()).isEqualTo("unsupported-media-type");
    }

    @Test
    void takesABodyOf64KiBAndAnswers413ToAByteMore() {
        String padded = VALID + " ".repeat(JsonBody.MAX_BYTES - VALID.getBytes(UTF_8).length);

        assertThat(api.post("/things", padded).status()).isEqualTo(200);
        assertThat(api.post("/things", padded + " ").status()).isEqualTo(413);
        assertThat(api.post("/things", padded.repeat(10)).problem()).isEqualTo("body-too-large");
    }

    @Test
    void answers400ToABodyThatBreaksOff() throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write("""
                    POST /things HTTP/1.1\r
                    Host: x\r
                    Content-Type: application/json\r
                    Content-Length: 100\r
                    \r
                    {"name":""".getBytes(UTF_8));
            socket.shutdownOutput();

            assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                    .startsWith("HTTP/1.1 400 ")
                    .contains("the body broke off");
        }
    }

    @Test
    void answers400ToChunksThatAreNone() throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write("""
                    POST /things HTTP/1.1\r
                    Host: x\r
                    Content-Type: application/json\r
                    Transfer-Encoding: chunked\r
                    \r
                    a\rb\r
                    """.getBytes(UTF_8));
            socket.shutdownOutput();

            assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                    .startsWith("HTTP/1.1 400 ")
                    .contains("Connection: close");
        }
    }

    @Test
    void boundsTheAnswerToABodyFullOfNonsense() {
        var nonsense = new StringBuilder(VALID.substring(0, VALID.length() - 1));
        for (int i = 0; i < 5_000; i++) {
            nonsense.append(",\"").append(i).append("\":1");
        }

        assertThat(pointers(api.post("/things", nonsense + "}"))).hasSize(500);
    }

    private static List<String> pointers(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(422);
        return StreamSupport.stream(answer.json().path("errors").spliterator(), false)
                .map(error -> error.path("pointer").asText())
                .toList();
    }
}
