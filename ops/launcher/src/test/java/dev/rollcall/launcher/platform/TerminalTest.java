package dev.rollcall.launcher.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TerminalTest {

    private static final String HOSTILE = "order-1\033]0;pwned\007\u009b2J\r\n";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void printsControlCharactersInsteadOfObeyingThem() {
        terminal(false).print(HOSTILE);
        terminal(false).say(HOSTILE);

        String printed = "order-1\\u001b]0;pwned\\u0007\\u009b2J\\r\n\n";
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(printed);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo(printed);
    }

    @Test
    void showsThemOnAScreenAndInALineOfProgressToo() {
        terminal(true).screen(HOSTILE);
        terminal(true).progress(HOSTILE);

        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("\033[Horder-1\\u001b]0;pwned\\u0007\\u009b2J\\r\033[K\n\033[K\n\033[J");
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("\r\033[Korder-1\\u001b]0;pwned\\u0007\\u009b2J\\r\\n");
    }

    @Test
    void keepsARowOfATableOnOneLine() {
        assertThat(new Table("INSTANCE", "CHECK").row("a\nb", "passing")).hasToString("""
                INSTANCE  CHECK
                a\\nb      passing""");
    }

    private Terminal terminal(boolean interactive) {
        return new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                interactive);
    }
}
