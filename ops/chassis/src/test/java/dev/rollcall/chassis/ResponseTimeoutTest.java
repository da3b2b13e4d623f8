package dev.rollcall.chassis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helidon.webserver.CloseConnectionException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ResponseTimeoutTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    @Test
    void givesWhatCameOfTheWork() {
        assertThat(ResponseTimeout.await(LONG, () -> 42)).isEqualTo(42);
    }

    @Test
    void throwsWhatTheWorkThrew() {
        var failure = new IllegalStateException("no");

        assertThatThrownBy(() -> ResponseTimeout.await(LONG, () -> {
                    throw failure;
                }))
                .isSameAs(failure);
    }

    @Test
    void givesNoAnswerWhenItTakesTooLongAndLetsTheWorkGoOn() {
        var go = new CompletableFuture<String>();
        var end = new CompletableFuture<String>();

        assertThatThrownBy(() -> ResponseTimeout.await(Duration.ofMillis(50), () -> end.complete(go.join())))
                .isInstanceOf(CloseConnectionException.class);
        go.complete("done");

        assertThat(end.orTimeout(1, TimeUnit.MINUTES).join()).isEqualTo("done");
    }
}
