package dev.rollcall.relay;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rollcall.discovery.testing.Ports;
import dev.rollcall.relay.demonstration.Inbox;
import dev.rollcall.relay.demonstration.RobotLimits;
import dev.rollcall.relay.demonstration.RobotSimulator;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** The simulator's rules behind a server that can be away, and that answers otherwise where a test scripts it. */
public final class FakeRobot implements AutoCloseable {
    /** The robot's secret. */
    public static final String SECRET = "SEC-of-the-robot";

    private static final String TOKEN = "token-of-the-robot";

    private final int port = Ports.free();
    private final Inbox inbox = new Inbox(Clock.systemUTC());
    private final RobotSimulator robot;
    private final Queue<Answer> script = new ConcurrentLinkedQueue<>();
    private final AtomicInteger requests = new AtomicInteger();
    private HttpServer server;

    /** A robot that listens. */
    public FakeRobot(RobotLimits limits) {
        robot = new RobotSimulator(TOKEN, SECRET, limits, Clock.systemUTC(), inbox);
        server = listen();
    }

    /** Its URL, the same over outages. */
    public String url() {
        return "http://127.0.0.1:" + port + "/robot/send?access_token=" + TOKEN;
    }

    /** Texts of the messages that it took, the first first. */
    public List<String> texts() {
        return inbox.messages().reversed().stream()
                .map(message -> String.valueOf(message.get("text")))
                .toList();
    }

    /** Everything that it took, in one text. */
    public String everything() {
        return String.join("\n", texts());
    }

    /** How often it was called. */
    public int requests() {
        return requests.get();
    }

    /** Answers the next call with a status. */
    public FakeRobot thenStatus(int status) {
        script.add(exchange -> send(exchange, status, "{}"));
        return this;
    }

    /** Answers the next call 200 with a body. */
    public FakeRobot thenBody(String body) {
        script.add(exchange -> send(exchange, 200, body));
        return this;
    }

    /** Answers the next call with an errcode. */
    public FakeRobot thenErrcode(int errcode) {
        return thenBody("{\"errcode\": " + errcode + ", \"errmsg\": \"as scripted\"}");
    }

    /** Cuts the next call off before an answer. */
    public FakeRobot thenCut() {
        script.add(HttpExchange::close);
        return this;
    }

    /** Leaves: connections are refused. */
    public void goAway() {
        server.stop(0);
    }

    /** Is back. */
    public void comeBack() {
        server = listen();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private HttpServer listen() {
        try {
            HttpServer created = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            created.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            created.createContext("/robot/send", this::answer);
            created.start();
            return created;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        byte[] body = exchange.getRequestBody().readAllBytes();
        Answer scripted = script.poll();
        if (scripted != null) {
            scripted.to(exchange);
            return;
        }
        Map<String, String> query = Arrays.stream(
                        exchange.getRequestURI().getRawQuery().split("&"))
                .map(parameter -> parameter.split("=", 2))
                .collect(Collectors.toMap(
                        parameter -> parameter[0],
                        parameter -> URLDecoder.decode(parameter[1], StandardCharsets.UTF_8)));
        boolean json = exchange.getRequestHeaders().getFirst("Content-Type").startsWith("application/json");
        RobotSimulator.Verdict verdict = robot.receive(name -> query.getOrDefault(name, ""), json, body);
        send(exchange, 200, new ObjectMapper().writeValueAsString(verdict.json()));
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }
}
