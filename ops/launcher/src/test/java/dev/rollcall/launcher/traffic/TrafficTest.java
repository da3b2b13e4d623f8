package dev.rollcall.launcher.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webclient.http1.Http1Client;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.Handler;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class TrafficTest {

    private final List<String> complaints = new CopyOnWriteArrayList<>();

    @Test
    void sendsAtTheGivenRateAndCountsTheAnswers() {
        Traffic traffic = against(TrafficTest::rightAnswer, 100, Duration.ofSeconds(2));

        assertThat(traffic.tally().after(Duration.ofSeconds(2)))
                .startsWith("200 orders in 2 s (100.0/s), answered 201: ");
        assertThat(traffic.tally().isClean()).isTrue();
        assertThat(complaints).isEmpty();
    }

    @Test
    void sendsAnOrderAgainUnderItsKeyUntilItIsAnswered() {
        Map<String, Integer> attempts = new ConcurrentHashMap<>();
        Traffic traffic = against(
                request -> attempts.merge(request.key(), 1, Integer::sum) < 2 ? 503 : rightAnswer(request),
                10,
                Duration.ofMillis(500));

        assertThat(attempts)
                .hasSize(5)
                .allSatisfy((key, count) -> assertThat(count).isEqualTo(2));
        assertThat(traffic.tally().after(Duration.ofSeconds(1)))
                .contains("5 orders", "5 sent again (after 503: 5), 0 failed");
        assertThat(complaints).containsExactly("retrying an order (further retries are only counted): 503 said");
    }

    @Test
    void countsAnAnswerThatShouldNotBeAsAFailureAndShowsIt() {
        Traffic traffic = against(request -> 500, 10, Duration.ofMillis(300));

        assertThat(traffic.tally().isClean()).isFalse();
        assertThat(complaints).hasSize(3).allMatch(line -> line.matches("order \\([a-z]+\\): 500 .*"));
    }

    private record Request(String key, String body) {}

    private static int rightAnswer(Request request) {
        if (!request.body().contains(":")) {
            return 400;
        }
        return request.body().contains(Coupons.FIRST_COME) || request.body().contains(Coupons.OVER) ? 422 : 201;
    }

    private Traffic against(Function<Request, Integer> answers, double rate, Duration time) {
        Handler handler = (request, response) -> response.status(Status.create(answers.apply(new Request(
                        request.headers()
                                .get(HeaderNames.create("Idempotency-Key"))
                                .get(),
                        request.content().as(String.class)))))
                .send("said");
        WebServer server = WebServer.builder()
                .host("127.0.0.1")
                .port(0)
                .routing(routing -> routing.post("/orders", handler))
                .build()
                .start();
        try {
            Traffic traffic = new Traffic(
                    Http1Client.builder()
                            .baseUri("http://127.0.0.1:" + server.port())
                            .build(),
                    new OrderMix(new SplittableRandom(1)),
                    complaints::add);
            traffic.run(rate, time, () -> {});
            return traffic;
        } finally {
            server.stop();
        }
    }
}
