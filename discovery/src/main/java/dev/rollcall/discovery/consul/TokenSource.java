package dev.rollcall.discovery.consul;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The ACL token as it is now, empty where none is configured. A file is read on every call, so that a token can be rotated
 * while the service runs: calls are few, and a time stamp would miss a file that is replaced twice within one tick.
 */
final class TokenSource implements Supplier<String> {
    private static final System.Logger LOGGER = System.getLogger(TokenSource.class.getName());
    /** What an HTTP header can carry; anything else is a file of another kind, or an attack on the header. */
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7E]+");

    private final Path file;
    private volatile String token;
    private volatile boolean usable = true;

    private TokenSource(Path file) {
        this.file = file;
        try {
            this.token = read();
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "agent.token-file: " + file + " (expected: a readable file with the token and nothing else)", e);
        }
    }

    static Supplier<String> create(AgentConfig config) {
        if (config.tokenFile().isPresent()) {
            return new TokenSource(config.tokenFile().get());
        }
        String token = config.token().orElse("").strip();
        if (!token.isEmpty() && !TOKEN.matcher(token).matches()) {
            throw new IllegalArgumentException(
                    "agent.token has a character that no token has (expected: printable ASCII without blanks)");
        }
        return () -> token;
    }

    @Override
    public String get() {
        try {
            token = read();
            usable = true;
        } catch (IOException e) {
            if (usable) {
                usable = false;
                LOGGER.log(
                        System.Logger.Level.WARNING,
                        "agent.token-file: {0} has no token now, the last one is sent on: {1}",
                        file,
                        e.getMessage());
            }
        }
        return token;
    }

    private String read() throws IOException {
        String content = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
        if (!TOKEN.matcher(content).matches()) {
            throw new IOException("its content is no token");
        }
        return content;
    }
}
