package dev.rollcall.discovery.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Guards routes by {@code Authorization: Bearer …}. An admin token opens every route, a service token those for
 * services.
 */
public final class BearerTokens {
    private static final String SCHEME = "bearer ";

    private final TokenFile admin;
    private final TokenFile service;

    private BearerTokens(TokenFile admin, TokenFile service) {
        this.admin = admin;
        this.service = service;
    }

    /**
     * Admin and service tokens from two files; a rotation takes effect within a second.
     *
     * @throws IllegalArgumentException if a file can't be read or has no token
     */
    public static BearerTokens fromFiles(Path admin, Path service) {
        return new BearerTokens(TokenFile.open(admin), TokenFile.open(service));
    }

    /**
     * Tokens from one file, any of which grants full access; a rotation takes effect within a second.
     *
     * @throws IllegalArgumentException if the file can't be read or has no token
     */
    public static BearerTokens fromFile(Path tokens) {
        TokenFile file = TokenFile.open(tokens);
        return new BearerTokens(file, file);
    }

    /** Guards a handler by the admin token: answers 401 without a known token and 403 to a service token. */
    public Handler admin(Handler handler) {
        return (request, response) -> {
            byte[] token = presented(request);
            if (!admin.accepts(token)) {
                throw service.accepts(token) ? insufficient() : unknown();
            }
            handler.handle(request, response);
        };
    }

    /** Guards a handler by a service or admin token: answers 401 without a known token. */
    public Handler service(Handler handler) {
        return (request, response) -> {
            byte[] token = presented(request);
            if (!service.accepts(token) && !admin.accepts(token)) {
                throw unknown();
            }
            handler.handle(request, response);
        };
    }

    private static byte[] presented(ServerRequest request) {
        String value = request.headers().first(HeaderNames.AUTHORIZATION).orElse("");
        if (!value.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            throw Problem.of(
                            Status.UNAUTHORIZED_401,
                            "token-missing",
                            "this call needs the header Authorization: Bearer <token>")
                    .with(HeaderValues.create(HeaderNames.WWW_AUTHENTICATE, "Bearer realm=\"rollcall\""));
        }
        return value.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8);
    }

    private static Problem unknown() {
        return Problem.of(Status.UNAUTHORIZED_401, "token-unknown", "the token is invalid or expired")
                .with(HeaderValues.create(
                        HeaderNames.WWW_AUTHENTICATE, "Bearer realm=\"rollcall\", error=\"invalid_token\""));
    }

    private static Problem insufficient() {
        return Problem.of(Status.FORBIDDEN_403, "token-insufficient", "this call needs the admin token")
                .with(HeaderValues.create(
                        HeaderNames.WWW_AUTHENTICATE, "Bearer realm=\"rollcall\", error=\"insufficient_scope\""));
    }
}
