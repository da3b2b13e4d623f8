package dev.rollcall.discovery.http;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.List;

/**
 * A file of bearer tokens, one a line, followed as it is rotated: every line is accepted, the first is the one a client
 * sends, so a rotation adds the new token in front, and later removes the old one.
 *
 * <p>A file that vanishes or is emptied leaves the last tokens in force and is logged once.
 */
public final class TokenFile {
    private static final System.Logger LOGGER = System.getLogger(TokenFile.class.getName());

    private final Path path;
    private volatile Content content;
    private volatile boolean readable = true;

    private record Content(FileTime modified, long size, List<byte[]> tokens) {}

    private TokenFile(Path path, Content content) {
        this.path = path;
        this.content = content;
    }

    /**
     * Opens a file that must have a token now.
     *
     * @param path the file
     * @return the file's tokens, now and later
     * @throws IllegalArgumentException if it can't be read or has no token
     */
    public static TokenFile open(Path path) {
        try {
            return new TokenFile(path, load(path));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "token file " + path + " can't be used (expected: a readable file with a token on its first line)",
                    e);
        }
    }

    /**
     * The token to send.
     *
     * @return the first line
     */
    public String token() {
        return new String(current().getFirst(), StandardCharsets.US_ASCII);
    }

    /**
     * Whether a token is one of the file's, in a time that says nothing about how much of it was right.
     *
     * @param token what was presented
     * @return true if it is
     */
    boolean accepts(byte[] token) {
        boolean accepted = false;
        for (byte[] known : current()) {
            accepted |= MessageDigest.isEqual(known, token);
        }
        return accepted;
    }

    private List<byte[]> current() {
        Content known = content;
        try {
            if (!Files.getLastModifiedTime(path).equals(known.modified()) || Files.size(path) != known.size()) {
                content = load(path);
                LOGGER.log(Level.INFO, "tokens of {0} changed", path);
            }
            readable = true;
        } catch (IOException e) {
            if (readable) {
                LOGGER.log(Level.WARNING, "token file {0} can''t be read, its last tokens stay in force", path);
            }
            readable = false;
        }
        return content.tokens();
    }

    private static Content load(Path path) throws IOException {
        FileTime modified = Files.getLastModifiedTime(path);
        List<byte[]> tokens = Files.readString(path, StandardCharsets.US_ASCII)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(line -> line.getBytes(StandardCharsets.US_ASCII))
                .toList();
        if (tokens.isEmpty()) {
            throw new IOException(path + " has no token");
        }
        return new Content(modified, Files.size(path), tokens);
    }
}
