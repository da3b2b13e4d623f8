package dev.rollcall.chassis;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.webserver.http.Filter;
import java.util.List;

/** The headers that tell a browser what it may do with a response. */
public final class SecurityHeaders {
    private static final List<Header> API = List.of(
            header("X-Content-Type-Options", "nosniff"),
            header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
            header("Referrer-Policy", "no-referrer"),
            header("Cache-Control", "no-store"));

    private static final List<Header> PAGE = List.of(
            header(
                    "Content-Security-Policy",
                    "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
            header("X-Content-Type-Options", "nosniff"),
            header("X-Frame-Options", "DENY"),
            header("Referrer-Policy", "no-referrer"),
            header("Cross-Origin-Opener-Policy", "same-origin"),
            header("Cross-Origin-Resource-Policy", "same-origin"),
            header("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
            // revalidated each time, answered 304 where nothing changed: files of two versions never mix
            header("Cache-Control", "no-cache"));

    private SecurityHeaders() {}

    /** A filter for pages: they load from this server alone, run nothing inline, and show in no frame. */
    public static Filter forPages() {
        return (chain, request, response) -> {
            PAGE.forEach(response::header);
            chain.proceed();
        };
    }

    /** For JSON: it loads nothing, shows in no frame, and is neither sniffed nor stored. */
    static void forApi(ServerResponseHeaders headers) {
        API.forEach(headers::set);
    }

    private static Header header(String name, String value) {
        return ValidHeader.constant(HeaderNames.create(name), value);
    }
}
