package dev.rollcall.order.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** Bad input: values at and past their limits, of wrong types, and no values at all. */
final class Noise {
    private static final List<String> NUMBERS = List.of(
            "0",
            "-0",
            "-1",
            "1",
            "100",
            "101",
            "1000000",
            "1000001",
            "9007199254740991",
            "9007199254740992",
            "-9007199254740992",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775809",
            "1.0",
            "1e2",
            "0.1",
            "1E400",
            "-1e-400",
            "1e999999999",
            "1".repeat(400),
            "1".repeat(1_500),
            "01",
            "+1",
            ".5",
            "0x10",
            "NaN",
            "-Infinity");
    private static final List<String> TEXTS = List.of(
            "\"\"",
            "\" \"",
            "\"EUR\"",
            "\"eur\"",
            "\"XTS\"",
            "\"1\"",
            "\"ünï-€-🫖-\u202Erl\"",
            "\"e\u0301\u0327\u0323\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"\\udc00\\ud800\"",
            "\"\\uFFFF\\uFEFF\"",
            "\"a\\u0007b\\r\\nc\"",
            "\"\\x41\"",
            "\"\t\"",
            "\"' or 1=1; drop table orders --\"",
            "\"${jndi:ldap://x}\"",
            "\"<script>alert(1)</script>\"",
            "\"2026-02-30T00:00:00Z\"",
            "\"-999999999-01-01T00:00:00Z\"",
            "\"9999-12-31T23:59:59.999999999+18:00\"",
            "\"2026-01-01T00:00:60Z\"",
            "\"" + "x".repeat(33) + "\"",
            "\"" + "🫖".repeat(32) + "\"",
            "\"" + "x".repeat(65) + "\"",
            "\"" + "y".repeat(20_000) + "\"",
            "\"open");
    private static final List<String> OTHERS = List.of(
            "null",
            "true",
            "false",
            "[]",
            "{}",
            "[[]]",
            "[null]",
            "[1,\"a\",{}]",
            "{\"a\":{\"b\":[]}}",
            "nil",
            "",
            "'a'");

    private final SplittableRandom random;

    Noise(SplittableRandom random) {
        this.random = random;
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    <T> T one(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    /** The token of a JSON value, or of none. */
    String value() {
        return switch (below(20)) {
            case 0, 1, 2, 3, 4, 5, 6 -> one(NUMBERS);
            case 7, 8, 9, 10, 11, 12 -> one(TEXTS);
            case 13 -> nested(1 + below(1_500));
            case 14 -> String.valueOf(random.nextLong());
            default -> one(OTHERS);
        };
    }

    /** A JSON object of the given fields, most of them valid. */
    String object(Map<String, String> fields) {
        String members = fields.entrySet().stream()
                .filter(field -> !chance(1))
                .map(field -> "\"" + field.getKey() + "\":" + (chance(3) ? value() : field.getValue()))
                .collect(Collectors.joining(","));
        if (chance(3)) {
            members += (members.isEmpty() ? "" : ",")
                    + one(List.of("\"price\"", "\"\"", "\"__proto__\"", "\"customerId\"", "\"\\u0000\"", "1")) + ":"
                    + value();
        }
        return "{" + members + "}";
    }

    /** A body: the given JSON, sometimes damaged or replaced. */
    byte[] body(String json) {
        if (chance(92)) {
            return json.getBytes(StandardCharsets.UTF_8);
        }
        return switch (below(8)) {
            case 0 -> value().getBytes(StandardCharsets.UTF_8);
            case 1 -> (json + value()).getBytes(StandardCharsets.UTF_8);
            case 2 -> json.substring(0, below(json.length())).getBytes(StandardCharsets.UTF_8);
            case 3 -> nested(1_000 + below(20_000)).getBytes(StandardCharsets.UTF_8);
            case 4 -> json.getBytes(StandardCharsets.UTF_16);
            case 5 -> bytes(below(300));
            case 6 -> padded(json, 65_536 + below(3) - 1);
            default -> flipped(json.getBytes(StandardCharsets.UTF_8));
        };
    }

    byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] flipped(byte[] bytes) {
        for (int i = 0; i <= below(4); i++) {
            bytes[below(bytes.length)] = (byte) below(256);
        }
        return bytes;
    }

    private static byte[] padded(String json, int length) {
        return (json + " ".repeat(Math.max(0, length - json.length()))).getBytes(StandardCharsets.UTF_8);
    }

    private String nested(int depth) {
        boolean list = chance(50);
        String open = String.join("", Collections.nCopies(depth, list ? "[" : "{\"a\":"));
        String close = String.join("", Collections.nCopies(depth, list ? "]" : "}"));
        return open + "1" + (chance(80) ? close : "");
    }
}
