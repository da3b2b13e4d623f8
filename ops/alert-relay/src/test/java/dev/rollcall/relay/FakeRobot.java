package dev.rollcall.relay;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rollcall.discovery.testing.Ports;
import dev.rollcall.standins.DingTalkRobot;
import dev.rollcall.standins.Inbox;
import dev.rollcall.standins.RobotLimits;
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

/** The stand-in robot's rules behind a server that can go away, and that gives scripted answers. */
public final class FakeRobot implements AutoCloseable {
    /** The robot's secret. */
    public static final String SECRET = "SEC-of-the-robot";

    private static final String TOKEN = "token-of-the-robot";

    private final int port = Ports.free();
    private final Inbox inbox = new Inbox(Clock.systemUTC());
    private final DingTalkRobot robot;
    private final Queue<Script> script = new ConcurrentLinkedQueue<>();
    private final AtomicInteger requests = new AtomicInteger();
    private HttpServer server;

    /** Starts a robot. */
    public FakeRobot(RobotLimits limits) {
        robot = new DingTalkRobot(() -> TOKEN, () -> SECRET, limits, Clock.systemUTC(), inbox);
        server = listen();
    }

    /** Its URL, the same after an outage. */
    public String url() {
        return "http://127.0.0.1:" + port + "/robot/send?access_token=" + TOKEN;
    }

    /** Texts of the accepted messages, the first one first. */
    public List<String> texts() {
        return inbox.messages().reversed().stream()
                .map(message -> String.valueOf(message.get("text")))
                .toList();
    }

    /** All accepted messages in one text. */
    public String everything() {
        return String.join("\n", texts());
    }

    /** The number of calls. */
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

    /** Stops listening: connections are refused. */
    public void goAway() {
        server.stop(0);
    }

    /** Listens again. */
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
        Script scripted = script.poll();
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
        DingTalkRobot.Answer answer = robot.receive(name -> query.getOrDefault(name, ""), json, body);
        send(exchange, 200, new ObjectMapper().writeValueAsString(answer.json()));
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private interface Script {
        void to(HttpExchange exchange) throws IOException;
    }
}
