package dev.rollcall.discovery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.function.Supplier;

/**
 * The ACL token as it is now: a file's content is read again when the file changes, so that a token can be rotated
 * while the service runs. Empty where none is configured.
 */
final class TokenSource implements Supplier<String> {
    private static final System.Logger LOGGER = System.getLogger(TokenSource.class.getName());

    private final Path file;
    private volatile Content content;

    private TokenSource(Path file) {
        this.file = file;
        try {
            this.content = read();
        } catch (IOException e) {
            throw new IllegalArgumentException("agent.token-file: " + file + " (expected: a readable file)", e);
        }
    }

    static Supplier<String> create(AgentConfig config) {
        return config.tokenFile()
                .<Supplier<String>>map(TokenSource::new)
                .orElseGet(() -> () -> config.token().orElse(""));
    }

    @Override
    public String get() {
        try {
            if (!Files.getLastModifiedTime(file).equals(content.modified())) {
                content = read();
            }
        } catch (IOException e) {
            LOGGER.log(
                    System.Logger.Level.DEBUG,
                    () -> "Token file " + file + " can't be read now: the last token stays",
                    e);
        }
        return content.token();
    }

    private Content read() throws IOException {
        FileTime modified = Files.getLastModifiedTime(file);
        return new Content(modified, Files.readString(file).strip());
    }

    private record Content(FileTime modified, String token) {
        @Override
        public String toString() {
            return "Content[modified=" + modified + "]";
        }
    }
}
