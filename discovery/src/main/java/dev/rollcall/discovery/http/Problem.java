package dev.rollcall.discovery.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An error response by RFC 9457. A handler throws or sends it.
 *
 * <pre>{@code
 * HTTP/1.1 422 Unprocessable Content
 * Content-Type: application/problem+json
 *
 * {"type": "urn:rollcall:problem:coupon-refused", "title": "Unprocessable Content", "status": 422,
 *  "detail": "coupon SPRING is exhausted", "reason": "exhausted"}
 * }</pre>
 *
 * <p>Clients decide by {@code type}, which is stable; {@code detail} is for people and may change. Immutable. It has no
 * stack trace, because it is a response and not a bug.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>
 */
public final class Problem extends RuntimeException {
    private static final String TYPE_PREFIX = "urn:rollcall:problem:";
    private static final Header CONTENT_TYPE =
            HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/problem+json");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final transient Status status;
    private final String type;
    private final transient Map<String, Object> members;
    private final transient List<Header> headers;

    private Problem(Status status, String type, String detail, Map<String, Object> members, List<Header> headers) {
        super(detail, null, false, false);
        this.status = status;
        this.type = type;
        this.members = members;
        this.headers = headers;
    }

    /**
     * A problem without further members.
     *
     * @param type last part of the type URN, kebab-case
     * @param detail one line: the value, what was expected, what to do
     */
    public static Problem of(Status status, String type, String detail) {
        return new Problem(status, type, detail, Map.of(), List.of());
    }

    /**
     * 503 with {@code Retry-After}: something this service needs is unavailable.
     *
     * @param detail one line: what is unavailable
     * @param retryAfter when to try again, in whole seconds
     */
    public static Problem unavailable(String detail, Duration retryAfter) {
        return of(Status.SERVICE_UNAVAILABLE_503, "unavailable", detail)
                .with(HeaderValues.create(HeaderNames.RETRY_AFTER, retryAfter.toSeconds()));
    }

    /** 422 with a list of at least one invalid value, each made by {@link #error}. */
    public static Problem invalid(List<Map<String, String>> errors) {
        String detail = errors.size() == 1 ? "1 value is invalid" : errors.size() + " values are invalid";
        return of(Status.UNPROCESSABLE_CONTENT_422, "invalid-fields", detail).with("errors", errors);
    }

    /**
     * An entry of {@link #invalid}: {@code {"pointer": "#/size", "detail": "must be 1 to 100"}}.
     *
     * @param kind {@code pointer} (a JSON pointer into the body), {@code parameter} or {@code header}
     * @param place which one
     * @param expectation what it must be
     */
    public static Map<String, String> error(String kind, String place, String expectation) {
        var error = new LinkedHashMap<String, String>();
        error.put(kind, place);
        error.put("detail", expectation);
        return error;
    }

    /** 422 for a field of the body. */
    public static Problem invalidField(String name, String expectation) {
        return invalid(List.of(error("pointer", "#/" + name, expectation)));
    }

    /** 422 for a query parameter; {@code expectation} is for example {@code must be 1 to 100}. */
    public static Problem invalidParameter(String name, String expectation) {
        return invalid(List.of(error("parameter", name, expectation)));
    }

    /** 422 for a request header. */
    public static Problem invalidHeader(String name, String expectation) {
        return invalid(List.of(error("header", name, expectation)));
    }

    /**
     * A copy with one more member in its JSON object.
     *
     * @param value a string, number, list or map
     */
    public Problem with(String member, Object value) {
        var more = new LinkedHashMap<>(members);
        more.put(member, value);
        return new Problem(status, type, detail(), more, headers);
    }

    /** A copy with one more response header. */
    public Problem with(Header header) {
        var more = new ArrayList<>(headers);
        more.add(header);
        return new Problem(status, type, detail(), members, more);
    }

    public Status status() {
        return status;
    }

    /** Wraps a handler so that it sends the problems it throws, for routing without an error handler for them. */
    public static Handler answering(Handler handler) {
        return (request, response) -> {
            try {
                handler.handle(request, response);
            } catch (Problem problem) {
                problem.send(request, response);
            }
        };
    }

    /** Sends this problem as the response. */
    public void send(ServerRequest request, ServerResponse response) {
        response.status(status);
        headers().forEach(response::header);
        if (request.prologue().method().equals(Method.HEAD)) {
            // a body would be read as the start of the next response
            response.send();
        } else {
            response.send(body());
        }
    }

    /** The response headers, including the content type. */
    public List<Header> headers() {
        var all = new ArrayList<>(headers);
        all.add(CONTENT_TYPE);
        return all;
    }

    /** The response body: a JSON object in UTF-8. */
    public byte[] body() {
        var json = new LinkedHashMap<String, Object>();
        json.put("type", TYPE_PREFIX + type);
        json.put("title", status.reasonPhrase());
        json.put("status", status.code());
        json.put("detail", detail());
        json.putAll(members);
        try {
            return JSON.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem can't be written as JSON: " + json, e);
        }
    }

    private String detail() {
        return String.valueOf(getMessage());
    }
}
