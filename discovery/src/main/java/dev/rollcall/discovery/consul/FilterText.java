package dev.rollcall.discovery.consul;

import java.util.HexFormat;

/**
 * String literals in filter expressions.
 *
 * @see <a href="https://developer.hashicorp.com/consul/api-docs/features/filtering">Filtering</a>
 */
public final class FilterText {
    private FilterText() {}

    /**
     * {@code text} as a string literal. In Consul's grammar even an escaped quotation mark ends a literal, so that it
     * is written as a Go escape with its code point.
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
