package dev.rollcall.order.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.discovery.http.TokenFile;
import dev.rollcall.discovery.testing.BadPeer;
import dev.rollcall.discovery.testing.BadPeer.Behaviour;
import dev.rollcall.order.domain.Cart;
import dev.rollcall.order.domain.CouponRedemptions;
import dev.rollcall.order.domain.Line;
import io.helidon.common.tls.Tls;
import io.helidon.webclient.api.WebClientServiceRequest;
import io.helidon.webclient.api.WebClientServiceResponse;
import io.helidon.webclient.spi.WebClientService;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CouponClientTest {
    private static final Duration TIMEOUT = Duration.ofMillis(300);
    /** A call's three timeouts, twice, and the machine's slowness. */
    private static final Duration LONGEST = TIMEOUT.multipliedBy(6).plusSeconds(8);

    private static final Cart CART = new Cart("ann", "EUR", List.of(new Line("tea", 1, 1_000)), "SAVE10");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    @Timeout(30)
    void everyCallEndsWhateverTheInstanceDoes(Behaviour behaviour) throws IOException {
        try (BadPeer peer = new BadPeer(behaviour);
                CouponClient client = client(peer.url())) {
            long start = System.nanoTime();
            CouponRedemptions.Answer answer =
                    client.redeem("order-1", "SAVE10", CART, Instant.now().plusSeconds(20));
            assertThat(answer).isInstanceOf(CouponRedemptions.Answer.Missing.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LONGEST);

            start = System.nanoTime();
            assertThat(client.release("order-1", "SAVE10")).isFalse();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LONGEST);

            // Helidon gives up headers that are too large without closing the connection
            if (behaviour != Behaviour.ENDLESS_HEADERS) {
                await().atMost(Duration.ofSeconds(5)).until(peer::isAlone);
            }
        }
    }

    private CouponClient client(URI url) throws IOException {
        Path token = Files.writeString(folder.resolve("token"), "secret");
        return new CouponClient(
                url, new Direct(), Tls.builder().build(), TokenFile.open(token), TIMEOUT, Clock.systemUTC());
    }

    /** Calls go where they are sent. */
    private static final class Direct implements WebClientService {
        @Override
        public String type() {
            return "direct";
        }

        @Override
        public WebClientServiceResponse handle(Chain chain, WebClientServiceRequest request) {
            return chain.proceed(request);
        }
    }
}
