package dev.rollcall.relay.demonstration;

import dev.rollcall.chassis.JsonBody;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.HttpFeature;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An inbox as a page, {@code GET /<path>}, and as JSON, {@code GET /<path>.json}: {@code {"items": [{"received": …, …}]}},
 * the latest first. What was sent may say anything: it is escaped, and the page may load and run nothing.
 */
public final class InboxPage implements HttpFeature {
    private static final String STYLE = """
            body{font:15px/1.5 system-ui,sans-serif;max-width:60em;margin:2em auto;padding:0 1em;color:#222;background:#fafafa}\
            h1{font-size:1.4em}nav a{margin-right:1em}article{background:#fff;border:1px solid #ddd;border-radius:6px;\
            padding:.8em 1em;margin:1em 0}dl{display:grid;grid-template-columns:8em 1fr;margin:0}dt{color:#666}\
            dd{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}\
            @media(prefers-color-scheme:dark){body{color:#ddd;background:#181818}article{background:#222;border-color:#444}\
            dt{color:#999}a{color:#8bf}}""";
    private static final Header POLICY = HeaderValues.createCached(
            "Content-Security-Policy",
            "default-src 'none'; style-src '" + hash(STYLE)
                    + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    private static final Header NO_SNIFF = HeaderValues.createCached("X-Content-Type-Options", "nosniff");
    private static final Header HTML = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "text/html; charset=utf-8");

    private final String path;
    private final String title;
    private final Inbox inbox;

    /**
     * A page.
     *
     * @param path where it is, without a slash
     * @param title its title
     * @param inbox what it shows
     */
    public InboxPage(String path, String title, Inbox inbox) {
        this.path = path;
        this.title = title;
        this.inbox = inbox;
    }

    @Override
    public void setup(HttpRouting.Builder routing) {
        routing.get("/" + path, this::page).get("/" + path + ".json", this::json);
    }

    private void json(ServerRequest request, ServerResponse response) {
        JsonBody.send(response, Map.of("items", inbox.messages()));
    }

    private void page(ServerRequest request, ServerResponse response) {
        response.header(POLICY)
                .header(NO_SNIFF)
                .header(HTML)
                .send(html(inbox.messages()).getBytes(StandardCharsets.UTF_8));
    }

    private String html(List<Map<String, String>> messages) {
        String articles = messages.stream().map(InboxPage::article).collect(Collectors.joining());
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width">
                <meta http-equiv="refresh" content="5">
                <title>%s</title>
                <style>%s</style>
                </head>
                <body>
                <nav><a href="/mailbox">Mailbox</a><a href="/dingtalk">DingTalk</a><a href="/phone">Phone</a></nav>
                <h1>%s</h1>
                <p>Messages: %d, the latest first. The last 200 are kept. <a href="/%s.json">JSON</a></p>
                %s</body>
                </html>
                """.formatted(escape(title), STYLE, escape(title), messages.size(), path, articles);
    }

    private static String article(Map<String, String> message) {
        return message.entrySet().stream()
                .map(field -> "<dt>" + escape(field.getKey()) + "</dt><dd>" + escape(field.getValue()) + "</dd>\n")
                .collect(Collectors.joining("", "<article><dl>\n", "</dl></article>\n"));
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
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
