package dev.rollcall.standins;

import dev.rollcall.chassis.JsonBody;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.HttpFeature;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * An inbox as a page, {@code GET /<path>}, and as JSON, {@code GET /<path>.json}: {@code {"items": [{"received": …, …}]}},
 * the latest first. Messages may contain anything: they are escaped, and the page may load and run nothing.
 */
final class InboxPage implements HttpFeature {
    private static final String STYLE = resource("style.css");
    private static final String FRAME = resource("page.html");
    private static final Map<String, String> VIEWS =
            Map.of("mailbox", "Mailbox", "dingtalk", "DingTalk", "phone", "Phone");
    private static final List<String> ORDER = List.of("dingtalk", "phone", "mailbox");
    private static final Header POLICY = HeaderValues.createCached(
            "Content-Security-Policy",
            "default-src 'none'; style-src '" + hash(STYLE)
                    + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    private static final Header NO_SNIFF = HeaderValues.createCached("X-Content-Type-Options", "nosniff");
    private static final Header NO_REFERRER = HeaderValues.createCached("Referrer-Policy", "no-referrer");
    private static final Header HTML = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "text/html; charset=utf-8");

    private final String path;
    private final Inbox inbox;
    private final Function<List<Map<String, String>>, String> content;

    /** The page at a path, whose content turns the messages into HTML. */
    InboxPage(String path, Inbox inbox, Function<List<Map<String, String>>, String> content) {
        this.path = path;
        this.inbox = inbox;
        this.content = content;
    }

    @Override
    public void setup(HttpRouting.Builder routing) {
        routing.get("/" + path, this::page).get("/" + path + ".json", this::json);
    }

    /** Text as it stands in HTML, between tags or in a quoted attribute. */
    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private void json(ServerRequest request, ServerResponse response) {
        JsonBody.send(response, Map.of("items", inbox.messages()));
    }

    private void page(ServerRequest request, ServerResponse response) {
        response.header(POLICY)
                .header(NO_SNIFF)
                .header(NO_REFERRER)
                .header(HTML)
                .send(html(inbox.messages()).getBytes(StandardCharsets.UTF_8));
    }

    private String html(List<Map<String, String>> messages) {
        String views = ORDER.stream().map(this::link).collect(Collectors.joining());
        return FRAME.formatted(
                VIEWS.get(path), STYLE, views, VIEWS.get(path), messages.size(), path, content.apply(messages));
    }

    private String link(String view) {
        return "<a href=\"/%s\"%s>%s</a>"
                .formatted(view, view.equals(path) ? " aria-current=\"page\"" : "", VIEWS.get(view));
    }

    private static String resource(String name) {
        try (InputStream file = InboxPage.class.getResourceAsStream("/web/" + name)) {
            return new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(String style) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
