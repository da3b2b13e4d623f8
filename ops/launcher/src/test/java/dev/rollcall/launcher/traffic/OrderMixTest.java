package dev.rollcall.launcher.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OrderMixTest {

    private final ObjectMapper json = new ObjectMapper();
    private final OrderMix mix = new OrderMix(new SplittableRandom(1));

    @Test
    void sendsEachKindAsOftenAsItsShare() {
        Map<OrderMix.Kind, Integer> counts = new EnumMap<>(OrderMix.Kind.class);
        for (int i = 0; i < 10_000; i++) {
            counts.merge(mix.next().kind(), 1, Integer::sum);
        }

        assertThat(counts.get(OrderMix.Kind.PLAIN)).isBetween(5300, 5700);
        assertThat(counts.get(OrderMix.Kind.COUPON)).isBetween(2300, 2700);
        assertThat(counts.get(OrderMix.Kind.EXHAUSTED)).isBetween(650, 950);
        assertThat(counts.get(OrderMix.Kind.EXPIRED)).isBetween(550, 850);
        assertThat(counts.get(OrderMix.Kind.MALFORMED)).isBetween(380, 620);
    }

    @Test
    void writesOrdersAsTheServiceTakesThem() throws Exception {
        for (int i = 0; i < 1_000; i++) {
            OrderMix.Order order = mix.next();
            if (order.kind() == OrderMix.Kind.MALFORMED) {
                assertThatThrownBy(() -> json.readTree(order.body())).isInstanceOf(JsonProcessingException.class);
            } else {
                JsonNode body = json.readTree(order.body());
                assertThat(body.path("currency").asText()).isIn("CNY", "USD", "EUR");
                assertThat(body.path("lines")).isNotEmpty().allSatisfy(line -> {
                    assertThat(line.path("quantity").asLong()).isPositive();
                    assertThat(line.path("unitPrice").asLong()).isBetween(500L, 80_000L);
                });
                assertThat(body.has("couponCode")).isEqualTo(order.kind() != OrderMix.Kind.PLAIN);
            }
        }
    }

    @Test
    void expectsNeitherFailuresNorTheWrongAnswer() {
        assertThat(OrderMix.Kind.values()).noneMatch(kind -> kind.allows(500) || kind.allows(0) || kind.allows(503));
        assertThat(OrderMix.Kind.PLAIN.allows(422)).isFalse();
        assertThat(OrderMix.Kind.EXPIRED.allows(201)).isFalse();
        assertThat(OrderMix.Kind.EXHAUSTED.allows(201)).isTrue();
    }
}
