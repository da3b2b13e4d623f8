package dev.rollcall.order.fuzz;

import dev.rollcall.coupon.testing.CouponServices;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Requests to every endpoint of both services, each derived from the run's seed and its number. */
final class Shots {
    private static final List<String> METHODS = List.of(
            "GET",
            "HEAD",
            "POST",
            "PUT",
            "PATCH",
            "DELETE",
            "OPTIONS",
            "TRACE",
            "CONNECT",
            "BREW",
            "get",
            "X".repeat(300),
            "G@T",
            "GÉT");
    private static final List<String> VERSIONS =
            List.of("HTTP/1.0", "HTTP/2.0", "HTTP/9.9", "http/1.1", "HTTP/1.1 ", "");
    private static final List<String> TYPES = List.of(
            "text/plain",
            "application/xml",
            "application/json;charset=utf-16",
            "application/json; charset=nonsense",
            "application/problem+json",
            "multipart/form-data; boundary=x",
            "json",
            "/",
            "",
            "application/json, application/json",
            "*/*");
    private static final List<String> TARGETS = List.of(
            "/",
            "",
            "*",
            "/metrics",
            "/observe/health",
            "/observe/health/ready",
            "/admin/discovery",
            "/orders/",
            "/orders//",
            "//orders",
            "/orders/../orders",
            "/orders/%2e%2e/coupons",
            "/orders;a=b",
            "/orders/%00",
            "/orders/%zz",
            "/orders/%f0%28",
            "/orders/é",
            "/orders?%zz=1",
            "/orders#x",
            "/orders/" + "x".repeat(3_000),
            "/orders/" + "x".repeat(5_000),
            "/coupons/" + "%41".repeat(400),
            "/coupons/a/b/c/d/e",
            "/coupons/%20",
            "/coupons/ /redemptions",
            "http://elsewhere/orders",
            "openapi.yaml",
            "/openapi.yaml");
    private static final List<String> QUERIES = List.of(
            "limit=1",
            "limit=100",
            "limit=0",
            "limit=101",
            "limit=-1",
            "limit=99999999999999999999",
            "limit=1&limit=2",
            "limit",
            "limit=%F0%9F%AB%96",
            "after=MTA",
            "after=eA",
            "after=!!",
            "after=LTE",
            "after=OTIyMzM3MjAzNjg1NDc3NTgwOA",
            "after=AAAA",
            "customerId=customer-1",
            "customerId=%00",
            "customerId=%ff%fe",
            "customerId=" + "c".repeat(2_000),
            "customerId=%27%20or%201%3D1",
            "a=b&&&=&c");

    private Shots() {}

    static Shot of(long seed, int number) {
        var random = new SplittableRandom(seed ^ (number * 0x9E3779B97F4A7C15L));
        return new Draft(new Noise(random)).shot();
    }

    /** One request in the making. */
    private static final class Draft {
        private final Noise noise;
        private final boolean toCoupons;
        private final Map<String, String> headers = new LinkedHashMap<>();

        Draft(Noise noise) {
            this.noise = noise;
            this.toCoupons = noise.chance(50);
        }

        Shot shot() {
            String method;
            String target;
            String json = "";
            int call = noise.below(10);
            if (call == 0) {
                method = noise.one(METHODS);
                target = noise.one(TARGETS);
            } else if (!toCoupons) {
                method = call < 7 ? "POST" : "GET";
                target = call < 8 ? "/orders" : "/orders/" + id();
                json = order();
            } else {
                method = List.of("POST", "GET", "GET", "POST", "POST", "POST", "DELETE", "POST", "POST")
                        .get(call - 1);
                target = switch (call) {
                    case 1, 2 -> "/coupons";
                    case 3 -> "/coupons/" + code();
                    case 7 -> "/coupons/" + code() + "/redemptions/" + orderId();
                    default -> "/coupons/" + code() + "/redemptions";
                };
                json = call == 1 ? coupon() : purchase();
            }
            if (noise.chance(6)) {
                method = noise.one(METHODS);
            }
            if (noise.chance(method.equals("GET") ? 50 : 4)) {
                target += "?" + noise.one(QUERIES) + (noise.chance(30) ? "&" + noise.one(QUERIES) : "");
            }
            String version = noise.chance(2) ? noise.one(VERSIONS) : "HTTP/1.1";
            putHeaders();
            boolean entity = (json.isEmpty() || method.equals("GET")) ? noise.chance(5) : noise.chance(97);
            return frame(
                    method, method + " " + target + " " + version + "\r\n", entity ? noise.body(json + " ") : null);
        }

        private void putHeaders() {
            headers.put("Host", noise.chance(2) ? noise.one(List.of("", "a b", "x:y", "[::1", "é")) : "localhost");
            headers.put("Content-Type", noise.chance(5) ? noise.one(TYPES) : "application/json");
            int token = noise.below(100);
            if (token < 88) {
                headers.put("Authorization", "Bearer " + (token < 70 ? CouponServices.ADMIN : CouponServices.SERVICE));
            } else if (token < 96) {
                headers.put(
                        "Authorization",
                        noise.one(List.of(
                                "", "Bearer", "Bearer ", "Bearer é", "Basic eA==", "Bearer " + "t".repeat(9_000))));
            }
            if (noise.chance(20)) {
                headers.put(
                        "Idempotency-Key",
                        noise.chance(80)
                                ? "key-" + noise.below(200)
                                : noise.one(List.of("", " ", "a b", "é", "\t", "k".repeat(256), "\u0001")));
            }
            if (noise.chance(5)) {
                headers.put(
                        noise.one(List.of(
                                "Accept",
                                "Accept-Encoding",
                                "Origin",
                                "X-Forwarded-For",
                                "Forwarded",
                                "Cookie",
                                "If-Match",
                                "Range",
                                "Upgrade",
                                "Connection",
                                "X Y",
                                "é",
                                "")),
                        noise.one(List.of(
                                "text/html",
                                "gzip, br",
                                "null",
                                "1.2.3.4, x",
                                "-1",
                                "bytes=0-",
                                "h2c",
                                "upgrade",
                                "\u0000",
                                "",
                                "99999999999999999999",
                                "v".repeat(8_000))));
            }
            if (noise.chance(2)) {
                for (int i = 0; i < noise.below(1_500); i++) {
                    headers.put("X-" + i, "1");
                }
            }
        }

        private Shot frame(String method, String prologue, byte[] body) {
            var out = new ByteArrayOutputStream();
            boolean framed = true;
            boolean whole = true;
            byte[] content = body == null ? new byte[0] : body;
            if (body == null && noise.chance(95)) {
                headers.remove("Content-Length");
            } else {
                switch (noise.below(40)) {
                    case 0, 1, 2 -> {
                        headers.put("Transfer-Encoding", "chunked");
                        content = chunked(content);
                    }
                    case 3 -> {
                        headers.put(
                                "Transfer-Encoding",
                                noise.one(List.of("chunked", "gzip", "chunked, chunked", "identity", "")));
                        framed = false;
                    }
                    case 4 -> {
                        headers.put("Transfer-Encoding", "chunked");
                        headers.put("Content-Length", "5");
                        framed = false;
                    }
                    case 5 -> {
                        headers.put(
                                "Content-Length",
                                noise.one(
                                        List.of("-1", "many", "", "1, 2", "0x5", "99999999999999999999", "5.0", "+5")));
                        framed = false;
                    }
                    case 6, 7 -> {
                        headers.put("Content-Length", String.valueOf(content.length + 1 + noise.below(2_000_000)));
                        framed = false;
                        whole = false;
                    }
                    case 8 -> {
                        headers.put("Content-Length", String.valueOf(noise.below(content.length + 1)));
                        framed = false;
                    }
                    default -> headers.put("Content-Length", String.valueOf(content.length));
                }
            }
            out.writeBytes(prologue.getBytes(StandardCharsets.UTF_8));
            headers.forEach(
                    (name, value) -> out.writeBytes((name + ": " + value + "\r\n").getBytes(StandardCharsets.UTF_8)));
            if (noise.chance(1)) {
                framed = false;
                whole = false;
            } else {
                out.writeBytes(
                        noise.chance(1)
                                ? "\n".getBytes(StandardCharsets.US_ASCII)
                                : "\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            out.writeBytes(content);
            // so much may still be under way when the refusal closes the connection, and wipe it out
            boolean large = out.size() > 15_000;
            return new Shot(
                    toCoupons,
                    method.equals("HEAD"),
                    framed && !method.equals("CONNECT"),
                    whole && framed && !large,
                    out.toByteArray());
        }

        private byte[] chunked(byte[] content) {
            var out = new ByteArrayOutputStream();
            int size = 1 + noise.below(20_000);
            for (int i = 0; i < content.length; i += size) {
                int length = Math.min(size, content.length - i);
                out.writeBytes((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
                out.write(content, i, length);
                out.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            out.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return out.toByteArray();
        }

        private String order() {
            String line = noise.object(ordered(
                    "sku", "\"tea\"",
                    "quantity", String.valueOf(1 + noise.below(5)),
                    "unitPrice", String.valueOf(noise.below(100_000))));
            int lines = noise.chance(5) ? noise.below(110) : 1 + noise.below(3);
            Map<String, String> fields = ordered(
                    "customerId", "\"customer-" + noise.below(50) + "\"",
                    "currency", noise.one(List.of("\"EUR\"", "\"CNY\"", "\"USD\"")),
                    "lines", "[" + String.join(",", Collections.nCopies(lines, line)) + "]");
            if (noise.chance(30)) {
                fields.put("couponCode", "\"fuzz-" + noise.below(20) + "\"");
            }
            return noise.object(fields);
        }

        private String coupon() {
            return noise.object(ordered(
                    "code",
                    "\"FUZZ-" + noise.below(100) + "\"",
                    noise.one(List.of("amountOff", "percentOff")),
                    String.valueOf(1 + noise.below(100)),
                    "currency",
                    "\"EUR\"",
                    "minimumSpend",
                    String.valueOf(noise.below(2_000)),
                    "maxRedemptions",
                    "1000",
                    "perCustomerLimit",
                    "100",
                    "validFrom",
                    "\"2026-01-01T00:00:00Z\"",
                    "validUntil",
                    "\"2999-01-01T00:00:00Z\""));
        }

        private String purchase() {
            return noise.object(ordered(
                    "orderId",
                    "\"" + orderId() + "\"",
                    "customerId",
                    "\"customer-" + noise.below(50) + "\"",
                    "subtotal",
                    String.valueOf(noise.below(10_000)),
                    "currency",
                    "\"EUR\""));
        }

        private String code() {
            return noise.chance(95)
                    ? "fuzz-" + noise.below(20)
                    : noise.one(List.of("%00", "%2F", "%E2%82%AC", "x".repeat(33), "..", "%20", "a%0d%0ab"));
        }

        private String orderId() {
            return noise.chance(95)
                    ? "order-" + noise.below(500)
                    : noise.one(List.of("%00", "%2F", "~", "o".repeat(65), "%F0%9F%AB%96"));
        }

        private String id() {
            return noise.chance(50)
                    ? "00000000-0000-4000-8000-000000000000"
                    : noise.one(List.of("1", "%00", "%27", "..", "0".repeat(36)));
        }

        private static Map<String, String> ordered(String... pairs) {
            var map = new LinkedHashMap<String, String>();
            for (int i = 0; i < pairs.length; i += 2) {
                map.put(pairs[i], pairs[i + 1]);
            }
            return map;
        }
    }
}
