package dev.rollcall.discovery;

import com.google.gson.JsonParseException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Checksum;

/** A JSON array of objects, read object by object, so that it is never in memory as a whole. */
final class JsonArray {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final InputStream in;
    private byte[] buffer = new byte[BUFFER_BYTES];
    private int at;
    private int end;
    private boolean begun;

    JsonArray(InputStream in) {
        this.in = in;
    }

    /**
     * Moves to the next object; false at the end of the array.
     *
     * @throws JsonParseException if neither follows
     */
    boolean hasNext() throws IOException {
        int next = token();
        if (!begun) {
            expect(next == '[', "an array", next);
            begun = true;
            at++;
            next = token();
        } else if (next != ']') {
            expect(next == ',', "a comma", next);
            at++;
            next = token();
            expect(next == '{', "an object", next);
        }
        if (next == '{') {
            return true;
        }
        expect(next == ']', "an object", next);
        at++;
        next = token();
        expect(next < 0, "the end", next);
        return false;
    }

    /** Whether as many bytes are left. */
    boolean holds(int length) throws IOException {
        while (end - at < length) {
            if (!fill()) {
                return false;
            }
        }
        return true;
    }

    /** Length of the object that begins here, in bytes. */
    int entryLength() throws IOException {
        int depth = 0;
        boolean quoted = false;
        for (int length = 0; holds(length + 1); length++) {
            byte next = buffer[at + length];
            if (quoted) {
                if (next == '\\') {
                    length++;
                } else if (next == '"') {
                    quoted = false;
                }
            } else if (next == '"') {
                quoted = true;
            } else if (next == '{' || next == '[') {
                depth++;
            } else if ((next == '}' || next == ']') && --depth == 0) {
                return length + 1;
            }
        }
        throw new JsonParseException("it ends within an object");
    }

    void update(Checksum checksum, int length) {
        checksum.update(buffer, at, length);
    }

    String text(int length) {
        return new String(buffer, at, length, StandardCharsets.UTF_8);
    }

    void skip(int length) {
        at += length;
    }

    /** The next byte that isn't a blank, which stays; -1 at the end. */
    private int token() throws IOException {
        while (holds(1)) {
            byte next = buffer[at];
            if (next != ' ' && next != '\n' && next != '\r' && next != '\t') {
                return next;
            }
            at++;
        }
        return -1;
    }

    private boolean fill() throws IOException {
        if (at > 0 && end == buffer.length) {
            System.arraycopy(buffer, at, buffer, 0, end - at);
            end -= at;
            at = 0;
        } else if (end == buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * end);
        }
        int read = in.read(buffer, end, buffer.length - end);
        end += Math.max(0, read);
        return read >= 0;
    }

    private static void expect(boolean holds, String what, int next) {
        if (!holds) {
            throw new JsonParseException(
                    what + " expected, but " + (next < 0 ? "it ends" : "'" + (char) next + "' follows"));
        }
    }
}
