package dev.rollcall.discovery.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenFileTest {
    @TempDir
    private Path folder;

    // a nano clock may overflow
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
    private Path path;
    private TokenFile file;

    @BeforeEach
    void open() throws IOException {
        path = Files.writeString(folder.resolve("tokens"), "first\n");
        file = TokenFile.open(path, nanos::get);
    }

    @Test
    void sendsTheFirstTokenOfAFile() throws IOException {
        var own = TokenFile.open(Files.writeString(folder.resolve("own"), "\n  new \nold\n"));

        assertThat(own.token()).isEqualTo("new");
    }

    @Test
    void readsTheFileAtMostOnceASecond() throws IOException {
        Files.writeString(path, "second\n");
        pass(Duration.ofMillis(999));
        assertThat(file.token()).isEqualTo("first");
        assertThat(accepts("second")).isFalse();

        pass(Duration.ofMillis(1));
        assertThat(file.token()).isEqualTo("second");
        assertThat(accepts("second")).isTrue();
        assertThat(accepts("first")).isFalse();

        Files.writeString(path, "third\n");
        assertThat(file.token()).isEqualTo("second");
        pass(Duration.ofSeconds(1));
        assertThat(file.token()).isEqualTo("third");
    }

    @Test
    void keepsTheLastTokensWhileTheFileIsGoneOrEmpty() throws IOException {
        Files.writeString(path, "");
        pass(Duration.ofSeconds(1));
        assertThat(accepts("first")).isTrue();
        Files.delete(path);
        pass(Duration.ofSeconds(1));
        assertThat(accepts("first")).isTrue();

        Files.writeString(path, "third");
        pass(Duration.ofSeconds(1));
        assertThat(accepts("third")).isTrue();
        assertThat(accepts("first")).isFalse();
    }

    @Test
    void needsATokenFromTheStart() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty"), "\n");
        Path missing = folder.resolve("missing");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> TokenFile.open(empty))
                .withMessageContaining(empty.toString());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TokenFile.open(missing))
                .withMessageContaining(missing.toString());
    }

    private boolean accepts(String token) {
        return file.accepts(token.getBytes(StandardCharsets.US_ASCII));
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
