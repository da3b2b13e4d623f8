package dev.rollcall.discovery;

import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webclient.api.ClientUri;
import io.helidon.webclient.api.WebClientServiceRequest;
import io.helidon.webclient.api.WebClientServiceResponse;
import io.helidon.webclient.spi.WebClientService;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sends a request for {@code http://<service>/…} to an instance of the service, and to the next one when it could not
 * be delivered. A host with a dot or a colon in it, {@code localhost}, and a URI with a port stand for themselves.
 */
final class DiscoveryClientService implements WebClientService {
    private static final Set<Method> IDEMPOTENT =
            Set.of(Method.GET, Method.HEAD, Method.PUT, Method.DELETE, Method.OPTIONS, Method.TRACE);

    private final Discovery discovery;

    DiscoveryClientService(Discovery discovery) {
        this.discovery = discovery;
    }

    @Override
    public String type() {
        return "discovery";
    }

    @Override
    public WebClientServiceResponse handle(Chain chain, WebClientServiceRequest request) {
        ClientUri uri = request.uri();
        if (!isService(uri)) {
            return chain.proceed(request);
        }
        ServiceWatch watch = discovery.watch(uri.host());
        ServiceWatch.Turn turn = discovery.nextTurn(watch);
        RuntimeException last = null;
        for (int attempt = 0; attempt < turn.size(); attempt++) {
            Instance instance = turn.get(attempt);
            if (last != null) {
                watch.failovers().incrementAndGet();
            }
            address(request, instance);
            try {
                return chain.proceed(request);
            } catch (RuntimeException e) {
                if (!mayTryAnother(request, e)) {
                    throw e;
                }
                last = e;
            }
        }
        if (last != null) {
            throw last;
        }
        throw new NoInstanceException(watch.service(), discovery.whyNone(watch));
    }

    private static boolean isService(ClientUri uri) {
        String host = uri.host();
        boolean explicitPort = uri.port() != ("https".equals(uri.scheme()) ? 443 : 80);
        return !explicitPort && host.indexOf('.') < 0 && host.indexOf(':') < 0 && !"localhost".equals(host);
    }

    private static void address(WebClientServiceRequest request, Instance instance) {
        request.uri()
                .scheme(instance.secure() ? "https" : "http")
                .host(instance.host())
                .port(instance.port());
        // the header of an earlier attempt names an earlier instance
        request.headers().remove(HeaderNames.HOST);
    }

    /** A request that was never delivered may go elsewhere; one that perhaps was, only if twice does no harm. */
    private static boolean mayTryAnother(WebClientServiceRequest request, RuntimeException e) {
        Throwable cause = socketCause(e);
        if (cause == null) {
            return false;
        }
        boolean undelivered = cause instanceof ConnectException || cause instanceof NoRouteToHostException;
        boolean slow = cause instanceof SocketTimeoutException;
        return undelivered || (!slow && isIdempotent(request));
    }

    private static boolean isIdempotent(WebClientServiceRequest request) {
        return IDEMPOTENT.contains(request.method()) || request.headers().contains(Discovery.IDEMPOTENCY_KEY);
    }

    private static @Nullable Throwable socketCause(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof java.io.IOException) {
                return cause;
            }
        }
        return null;
    }
}
