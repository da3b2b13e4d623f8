/**
 * What this platform's own services share (a microservice chassis): main, listeners and health endpoint, strict JSON bodies,
 * problems, pages, deadlines and limits.
 *
 * <p>A handler reads its body with {@link dev.rollcall.chassis.JsonFields}, which names every invalid field at once, and
 * throws or sends a {@link dev.rollcall.discovery.http.Problem}. {@link dev.rollcall.chassis.ProblemFeature} answers every
 * other failure as a problem too, never with a stack trace.
 *
 * <p>The problem types that every service shares: {@code malformed-json}, {@code malformed-request}, {@code
 * token-missing}, {@code token-unknown}, {@code token-insufficient}, {@code not-found}, {@code method-not-allowed}, {@code
 * body-too-large}, {@code body-too-slow}, {@code too-many-headers}, {@code unsupported-media-type}, {@code invalid-fields},
 * {@code unavailable}, {@code internal-error}.
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
package dev.rollcall.chassis;
