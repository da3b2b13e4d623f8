package dev.rollcall.standins;

import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;

/** Reads a mail for display: its subject and its text, which is the HTML without tags if there is no plain text. */
final class MailMessage {
    private static final Pattern UNSEEN = Pattern.compile("(?is)<(style|script|head)\\b.*?</\\1\\s*>|<!--.*?-->");
    private static final Pattern BREAKS = Pattern.compile("(?i)<(br|/p|/tr|/div|/h[1-6]|/li)\\b[^>]*>");
    private static final Pattern TAGS = Pattern.compile("(?s)<[^>]*>");
    private static final Pattern BLANKS = Pattern.compile("[ \\t\\x0B\\f\\r\\u00a0]*\\n\\s*");
    private static final Pattern SPACES = Pattern.compile("[ \\t\\u00a0]+");

    private MailMessage() {}

    static Map<String, String> read(String sender, List<String> recipients, byte[] content) {
        var mail = new LinkedHashMap<String, String>();
        mail.put("from", sender);
        mail.put("to", String.join(", ", recipients));
        try {
            var message = new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(content));
            mail.put("subject", message.getSubject() == null ? "" : message.getSubject());
            String plain = text(message, "text/plain");
            mail.put("text", plain.isEmpty() ? withoutTags(text(message, "text/html")) : plain.strip());
        } catch (MessagingException | IOException e) {
            mail.put("subject", "(not a mail: " + e.getMessage() + ")");
            mail.put("text", new String(content, StandardCharsets.UTF_8));
        }
        return mail;
    }

    private static String text(Part part, String type) throws MessagingException, IOException {
        if (part.isMimeType(type) && part.getContent() instanceof String text) {
            return text;
        }
        if (part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                String text = text(parts.getBodyPart(i), type);
                if (!text.isEmpty()) {
                    return text;
                }
            }
        }
        return "";
    }

    static String withoutTags(String html) {
        String text = TAGS.matcher(
                        BREAKS.matcher(UNSEEN.matcher(html).replaceAll("")).replaceAll("\n"))
                .replaceAll(" ")
                .replace("&nbsp;", " ")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&#34;", "\"")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&#43;", "+")
                .replace("&amp;", "&");
        return BLANKS.matcher(SPACES.matcher(text).replaceAll(" "))
                .replaceAll("\n")
                .strip();
    }
}
