/**
 * HTTP building blocks: a client whose calls always end, hosts in URIs, RFC 9457 problems, bearer tokens, and the
 * request id for logs.
 *
 * <p>{@link dev.rollcall.discovery.http.BearerTokens} guards a route, rereads its token file and refuses with a
 * {@link dev.rollcall.discovery.http.Problem}:
 *
 * <pre>{@code
 * var tokens = BearerTokens.fromFile(Path.of("tokens/admin"));
 * routing.put("/admin/thing", Problem.answering(tokens.admin((request, response) -> response.send("ok"))));
 * }</pre>
 */
@org.jspecify.annotations.NullMarked
package dev.rollcall.discovery.http;
