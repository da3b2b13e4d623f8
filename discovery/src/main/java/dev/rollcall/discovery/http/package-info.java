/**
 * What every JSON API here answers and asks for in the same way: RFC 9457 problems, bearer tokens, strict request
 * bodies, paged lists.
 *
 * <p>A handler reads a body with {@link dev.rollcall.discovery.http.JsonFields}, which names every invalid field at
 * once, and throws or sends a {@link dev.rollcall.discovery.http.Problem}; {@link
 * dev.rollcall.discovery.http.ProblemFeature} sees to it that whatever else goes wrong leaves as a problem too, never
 * as a stack trace. {@link dev.rollcall.discovery.http.BearerTokens} guards a route and follows a rotated token file.
 *
 * <p>The problem types that every service shares: {@code malformed-json}, {@code malformed-request}, {@code
 * token-missing}, {@code token-unknown}, {@code token-insufficient}, {@code not-found}, {@code method-not-allowed}, {@code
 * body-too-large}, {@code body-too-slow}, {@code too-many-headers}, {@code unsupported-media-type}, {@code invalid-fields}, {@code unavailable}, {@code internal-error}.
 *
 * <pre>{@code
 * var tokens = BearerTokens.fromFiles(Path.of("tokens/admin"), Path.of("tokens/service"));
 * routing.addFeature(new ProblemFeature());
 * routing.post("/things", tokens.admin((request, response) -> {
 *     Thing thing = JsonFields.read(request, body -> {
 *         String name = body.text("name", 64);
 *         long size = body.integer("size", 1, 100);
 *         return () -> new Thing(name, size);
 *     });
 *     JsonBody.send(response.status(Status.CREATED_201), things.add(thing));
 * }));
 * routing.any("/things", ProblemFeature.methodNotAllowed("POST"));
 * }</pre>
 */
@org.jspecify.annotations.NullMarked
package dev.rollcall.discovery.http;
