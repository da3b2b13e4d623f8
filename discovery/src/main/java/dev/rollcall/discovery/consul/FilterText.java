package dev.rollcall.discovery.consul;

import java.util.HexFormat;

/**
 * Text in a filter expression.
 *
 * @see <a href="https://developer.hashicorp.com/consul/api-docs/features/filtering">Filtering</a>
 */
public final class FilterText {
    private FilterText() {}

    /**
     * {@code text} as a string literal. Consul's grammar ends one at the next quotation mark, escaped or not, and then
     * reads escapes as Go does: a mark itself has to be written as a number.
     */
    public static String quoted(String text) {
        StringBuilder literal = new StringBuilder("\"");
        text.codePoints().forEach(point -> {
            if (point < ' ' || point > '~' || point == '"' || point == '\\') {
                literal.append("\\U").append(HexFormat.of().toHexDigits(point));
            } else {
                literal.appendCodePoint(point);
            }
        });
        return literal.append('"').toString();
    }
}
