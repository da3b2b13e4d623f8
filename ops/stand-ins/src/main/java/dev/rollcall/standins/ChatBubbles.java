package dev.rollcall.standins;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The robot's messages as DingTalk draws them in a group: a bubble each, its title where DingTalk shows the preview. */
final class ChatBubbles {
    private ChatBubbles() {}

    static String html(List<Map<String, String>> messages) {
        return messages.isEmpty()
                ? "<p class=\"none\">The robot has received no message yet.</p>\n"
                : messages.stream()
                        .map(ChatBubbles::bubble)
                        .collect(Collectors.joining("", "<div class=\"chat\">\n", "</div>\n"));
    }

    private static String bubble(Map<String, String> message) {
        List<String> mentioned = Arrays.stream(text(message, "mentions").split(", "))
                .filter(mobile -> !mobile.isEmpty())
                .toList();
        return """
                <article class="message">
                <span class="avatar" aria-hidden="true">Bot</span>
                <p class="sender">Alerts · <time>%s</time> · %s</p>
                <div class="bubble">
                %s</div>
                </article>
                """.formatted(
                        InboxPage.escape(text(message, "received")),
                        InboxPage.escape(text(message, "title")),
                        DingTalkMarkdown.html(text(message, "text"), mentioned));
    }

    private static String text(Map<String, String> message, String name) {
        return message.getOrDefault(name, "");
    }
}
