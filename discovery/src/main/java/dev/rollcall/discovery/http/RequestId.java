package dev.rollcall.discovery.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.logging.common.HelidonMdc;
import java.util.Optional;

/**
 * The id with which all services log one request. It is kept in Helidon's diagnostic context ({@code request-id}) and
 * sent to other services as {@code X-Request-Id}.
 */
public final class RequestId {
    /** The header. */
    public static final HeaderName HEADER = HeaderNames.create("X-Request-Id");

    private static final String KEY = "request-id";

    private RequestId() {}

    /** The id of the request that this thread handles; empty if none. */
    public static Optional<String> current() {
        return HelidonMdc.get(KEY);
    }

    /** Sets the id of the request that this thread handles. */
    public static void set(String id) {
        HelidonMdc.set(KEY, id);
    }
}
