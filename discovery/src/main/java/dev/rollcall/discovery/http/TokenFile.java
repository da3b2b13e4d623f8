package dev.rollcall.discovery.http;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * A file with one token per line, which rotates without a restart. Its content is read again at a use, at most once a
 * second: a new token works, and a removed one stops working, within a second. Every token is accepted, the first is
 * sent: a rotation adds the new token in front and later removes the old one.
 *
 * <p>While the file is missing, empty or malformed, the last tokens stay valid; one warning says so.
 */
public final class TokenFile {
    private static final System.Logger LOGGER = System.getLogger(TokenFile.class.getName());

    /** What an HTTP header can carry; anything else is another kind of file or a header injection. */
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7E]+");

    private static final long REREAD_NANOS = 1_000_000_000;

    private final String name;
    private final Path path;
    private final int most;
    private final LongSupplier nanoClock;
    private final AtomicLong readAt;
    private volatile List<String> tokens;
    private volatile boolean usable = true;

    private TokenFile(String name, Path path, int most, String unusable, LongSupplier nanoClock) {
        this.name = name;
        this.path = path;
        this.most = most;
        this.nanoClock = nanoClock;
        this.readAt = new AtomicLong(nanoClock.getAsLong());
        try {
            this.tokens = read();
        } catch (IOException e) {
            throw new IllegalArgumentException(unusable, e);
        }
    }

    /**
     * Opens a file that must contain a token now.
     *
     * @throws IllegalArgumentException if it can't be read or has no token
     */
    public static TokenFile open(Path path) {
        return open(path, System::nanoTime);
    }

    static TokenFile open(Path path, LongSupplier nanoClock) {
        String name = "token file " + path;
        return new TokenFile(
                name,
                path,
                Integer.MAX_VALUE,
                name + " can't be used (expected: a readable file with a token on each line)",
                nanoClock);
    }

    /**
     * Opens a file that must contain exactly one token.
     *
     * @param key configuration key that names the file
     * @throws IllegalArgumentException if it can't be read or contains anything else
     */
    public static TokenFile single(String key, Path path) {
        String name = key + ": " + path;
        return new TokenFile(
                name, path, 1, name + " (expected: a readable file with the token and nothing else)", System::nanoTime);
    }

    /** Whether a text can be a token: printable ASCII without blanks. */
    public static boolean isToken(String text) {
        return TOKEN.matcher(text).matches();
    }

    /** The token to send: the first line. */
    public String token() {
        return current().getFirst();
    }

    /** Whether a token is in the file. Compares in constant time. */
    boolean accepts(byte[] token) {
        boolean accepted = false;
        for (String known : current()) {
            accepted |= MessageDigest.isEqual(known.getBytes(StandardCharsets.US_ASCII), token);
        }
        return accepted;
    }

    private List<String> current() {
        long last = readAt.get();
        long now = nanoClock.getAsLong();
        // one caller reads, the others go on with the tokens there are
        if (now - last >= REREAD_NANOS && readAt.compareAndSet(last, now)) {
            reread();
        }
        return tokens;
    }

    private void reread() {
        try {
            List<String> now = read();
            if (!now.equals(tokens)) {
                tokens = now;
                LOGGER.log(Level.INFO, "{0} has changed: using its new tokens", name);
            }
            usable = true;
        } catch (IOException e) {
            if (usable) {
                usable = false;
                LOGGER.log(Level.WARNING, "{0} can''t be used, keeping the last tokens: {1}", name, e.getMessage());
            }
        }
    }

    private List<String> read() throws IOException {
        List<String> lines = Files.readString(path, StandardCharsets.ISO_8859_1)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        if (lines.isEmpty() || lines.size() > most || !lines.stream().allMatch(TokenFile::isToken)) {
            throw new IOException("its content is not a token");
        }
        return lines;
    }
}
