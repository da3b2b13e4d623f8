package dev.rollcall.order.fuzz;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A raw connection to one server, reopened whenever it is closed. */
final class Wire implements AutoCloseable {
    private static final int PATIENCE_MS = 60_000;

    private final int port;
    private Socket socket;
    private InputStream in;

    Wire(int port) {
        this.port = port;
    }

    /** An answer; its headers are lines, their names in lower case. */
    record Answer(int status, List<String> headers, String body) {
        Optional<String> header(String name) {
            String start = name.toLowerCase(Locale.ROOT) + ":";
            return headers.stream()
                    .filter(line -> line.startsWith(start))
                    .map(line -> line.substring(start.length()).strip())
                    .findFirst();
        }
    }

    /** What is answered; nothing if the server closes the connection instead. */
    Optional<Answer> send(Shot shot) throws IOException {
        boolean reused = socket != null;
        Optional<Answer> answer = attempt(shot);
        if (answer.isEmpty() && reused) {
            // the server may have closed an idle connection just then
            answer = attempt(shot);
        }
        return answer;
    }

    private Optional<Answer> attempt(Shot shot) throws IOException {
        if (socket == null) {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(PATIENCE_MS);
            in = new BufferedInputStream(socket.getInputStream());
        }
        boolean sent = true;
        try {
            socket.getOutputStream().write(shot.bytes());
            if (!shot.framed()) {
                socket.shutdownOutput();
            }
        } catch (IOException e) {
            sent = false;
        }
        Optional<Answer> answer = receive(shot);
        if (!sent
                || !shot.framed()
                || answer.isEmpty()
                || answer.get()
                        .header("connection")
                        .filter("close"::equalsIgnoreCase)
                        .isPresent()) {
            close();
        }
        return answer;
    }

    private Optional<Answer> receive(Shot shot) throws IOException {
        try {
            Optional<Answer> answer = read(shot.head());
            while (answer.isPresent() && answer.get().status() < 200) {
                answer = read(shot.head());
            }
            return answer;
        } catch (SocketException e) {
            return Optional.empty();
        }
    }

    private Optional<Answer> read(boolean head) throws IOException {
        String status = line();
        if (status.isEmpty()) {
            return Optional.empty();
        }
        if (!status.matches("HTTP/1\\.1 [1-5]\\d\\d .*")) {
            throw new IOException("no status line: " + status);
        }
        int code = Integer.parseInt(status.substring(9, 12));
        var headers = new ArrayList<String>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.add(line.substring(0, colon).toLowerCase(Locale.ROOT) + line.substring(colon));
        }
        var bare = new Answer(code, headers, "");
        if (head || code == 204 || code == 304 || code < 200) {
            return Optional.of(bare);
        }
        Optional<String> length = bare.header("content-length");
        byte[] body;
        if (length.isPresent()) {
            body = in.readNBytes(Integer.parseInt(length.get()));
        } else if (bare.header("transfer-encoding").isPresent()) {
            body = chunks();
        } else {
            body = in.readAllBytes();
        }
        return Optional.of(new Answer(code, headers, new String(body, StandardCharsets.UTF_8)));
    }

    private byte[] chunks() throws IOException {
        var body = new ByteArrayOutputStream();
        for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
            body.writeBytes(in.readNBytes(size));
            line();
        }
        line();
        return body.toByteArray();
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n' && next != -1; next = in.read()) {
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }
}
