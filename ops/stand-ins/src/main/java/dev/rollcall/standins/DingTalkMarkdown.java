package dev.rollcall.standins;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.html.HtmlWriter;

/**
 * Renders a robot's markdown: headings, quotes, emphasis, lists and links, and mentions of people that the message is
 * addressed to. HTML is escaped, a link may only lead to a harmless scheme, and of an image only its description is shown.
 *
 * @see <a href="https://open.dingtalk.com/document/robots/custom-robot-access">Markdown of custom robots</a>
 */
final class DingTalkMarkdown {
    private static final Parser PARSER =
            Parser.builder().maxOpenBlockParsers(50).build();

    private DingTalkMarkdown() {}

    static String html(String markdown, Collection<String> mentioned) {
        Pattern mention = Pattern.compile(
                mentioned.stream().map(Pattern::quote).collect(Collectors.joining("|", "@(?:", ")(?!\\d)")));
        return HtmlRenderer.builder()
                .escapeHtml(true)
                .sanitizeUrls(true)
                .percentEncodeUrls(true)
                .attributeProviderFactory(context -> DingTalkMarkdown::openElsewhere)
                .nodeRendererFactory(context -> new Mentions(context, mention, !mentioned.isEmpty()))
                .build()
                .render(PARSER.parse(markdown))
                // the renderer quotes attributes by double quotes and leaves these as they are
                .replace("'", "&#39;");
    }

    private static void openElsewhere(Node node, String tag, Map<String, String> attributes) {
        if (node instanceof Link) {
            attributes.put("target", "_blank");
            attributes.put("rel", "noopener noreferrer nofollow");
        }
    }

    /** Highlights mentions in text, and shows the description of an image in its place. */
    private static final class Mentions implements NodeRenderer {
        private final HtmlNodeRendererContext context;
        private final HtmlWriter html;
        private final Pattern mention;
        private final boolean isMentioning;

        Mentions(HtmlNodeRendererContext context, Pattern mention, boolean isMentioning) {
            this.context = context;
            this.html = context.getWriter();
            this.mention = mention;
            this.isMentioning = isMentioning;
        }

        @Override
        public Set<Class<? extends Node>> getNodeTypes() {
            return Set.of(Text.class, Image.class);
        }

        @Override
        public void render(Node node) {
            switch (node) {
                case Text text when isMentioning -> text(text.getLiteral());
                case Text text -> html.text(text.getLiteral());
                default -> children(node);
            }
        }

        private void text(String literal) {
            Matcher mentions = mention.matcher(literal);
            int end = 0;
            while (mentions.find()) {
                html.text(literal.substring(end, mentions.start()));
                html.tag("span", Map.of("class", "mention"));
                html.text(mentions.group());
                html.tag("/span");
                end = mentions.end();
            }
            html.text(literal.substring(end));
        }

        private void children(Node parent) {
            for (Node child = parent.getFirstChild(); child != null; child = child.getNext()) {
                context.render(child);
            }
        }
    }
}
