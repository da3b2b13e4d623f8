package dev.rollcall.discovery;

import dev.rollcall.discovery.http.Authority;
import dev.rollcall.discovery.http.RequestId;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.webclient.api.ClientUri;
import io.helidon.webclient.api.WebClientServiceRequest;
import io.helidon.webclient.api.WebClientServiceResponse;
import io.helidon.webclient.spi.WebClientService;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * Sends a request for {@code http://<service>/…} to an instance of the service, and to the next one when it could not
 * be delivered. For {@code https://<service>/…} only to those that speak TLS, whatever befalls them. A host with a dot or a colon in it, {@code localhost}, and a URI with a port stand for themselves.
 */
final class DiscoveryClientService implements WebClientService {
    private static final System.Logger LOGGER = System.getLogger(DiscoveryClientService.class.getName());

    private static final Set<Method> IDEMPOTENT =
            Set.of(Method.GET, Method.HEAD, Method.PUT, Method.DELETE, Method.OPTIONS, Method.TRACE);

    /** What Helidon calls for a URI in which it finds no host. */
    private static final String NO_HOST = "localhost";

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
        if (uri.host().equals(NO_HOST)) {
            throw new IllegalArgumentException("URI of " + request.method().text() + " "
                    + uri.path().rawPath()
                    + ": its host is none by java.net.URI's rules, or localhost without a port (expected: for a service"
                    + " such as coupon_svc Discovery.uri(\"coupon_svc\"), for this host 127.0.0.1)");
        }
        RequestId.current().ifPresent(id -> request.headers().setIfAbsent(HeaderValues.create(RequestId.HEADER, id)));
        ServiceCalls calls = discovery.calls(uri.host());
        calls.budget().call();
        boolean tlsOnly = "https".equals(uri.scheme());
        Attempts attempts = calls.watch().attempts(instance -> !tlsOnly || instance.secure());
        if (!attempts.hasNext()) {
            throw new NoInstanceException(calls.watch().service(), whyNone(calls.watch(), tlsOnly));
        }
        boolean repeated = false;
        for (Candidate candidate = attempts.next(), next; ; candidate = next) {
            candidate.callStarts();
            try {
                address(request, candidate.instance());
                WebClientServiceResponse response = chain.proceed(request);
                candidate.succeeded();
                return response;
            } catch (RuntimeException e) {
                Throwable cause = socketCause(e);
                if (cause == null) {
                    throw e;
                }
                calls.watch().failed(candidate);
                RuntimeException failure = cause instanceof SSLException tls ? distrusted(candidate, tls) : e;
                boolean undelivered = isUndelivered(cause);
                // an interrupted caller has given up
                if (Thread.currentThread().isInterrupted()
                        || (!undelivered && !mayBeDeliveredTwice(request, e, cause))) {
                    throw failure;
                }
                if (attempts.hasNext()) {
                    next = attempts.next();
                } else if (!undelivered && !repeated) {
                    // the last one may be well: Helidon's pool lends a connection in the very moment it idles out
                    next = candidate;
                    repeated = true;
                } else {
                    throw failure;
                }
                if (!calls.budget().retry()) {
                    throw failure;
                }
                if (next != candidate) {
                    calls.failovers().incrementAndGet();
                }
            } finally {
                candidate.callEnds();
            }
        }
    }

    private String whyNone(ServiceWatch watch, boolean tlsOnly) {
        int known = watch.known();
        return tlsOnly && known > 0
                ? "it is asked for by https, and none of " + known + " says that it speaks TLS"
                : discovery.whyNone(watch);
    }

    private static RuntimeException distrusted(Candidate candidate, SSLException e) {
        RuntimeException trouble = TlsTrouble.with(candidate.instance(), e);
        if (candidate.distrust()) {
            LOGGER.log(System.Logger.Level.WARNING, trouble::getMessage);
        }
        return trouble;
    }

    private static boolean isService(ClientUri uri) {
        String host = uri.host();
        boolean explicitPort = uri.port() != ("https".equals(uri.scheme()) ? 443 : 80);
        return !explicitPort && Discovery.isServiceName(host);
    }

    private static void address(WebClientServiceRequest request, Instance instance) {
        request.uri()
                .scheme(instance.secure() ? "https" : "http")
                .host(Authority.host(instance.host()))
                .port(instance.port());
        // an earlier attempt named an earlier instance
        request.headers().set(HeaderValues.create(HeaderNames.HOST, instance.authority()));
    }

    private static boolean isUndelivered(Throwable cause) {
        return cause instanceof ConnectException
                || cause instanceof NoRouteToHostException
                || cause instanceof SSLHandshakeException;
    }

    private static boolean mayBeDeliveredTwice(WebClientServiceRequest request, Throwable e, Throwable cause) {
        // who waited for a whole timeout can't wait for it once more; in Helidon's monitor of idle connections it is
        // another
        // matter: the pool lent one in the very moment it idled out
        boolean slow = cause instanceof SocketTimeoutException && !isOfMonitor(e);
        return !slow && isIdempotent(request);
    }

    /** Whether it is the monitor's failure: it runs on a thread of its own, whose exceptions come wrapped. */
    private static boolean isOfMonitor(Throwable e) {
        return Stream.<Throwable>iterate(e, Objects::nonNull, Throwable::getCause)
                .anyMatch(ExecutionException.class::isInstance);
    }

    private static boolean isIdempotent(WebClientServiceRequest request) {
        return IDEMPOTENT.contains(request.method()) || request.headers().contains(Discovery.IDEMPOTENCY_KEY);
    }

    private static @Nullable Throwable socketCause(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            // the latter is what the client throws for a connection that ended before the answer came
            if (cause instanceof IOException || cause instanceof DataReader.InsufficientDataAvailableException) {
                return cause;
            }
        }
        return null;
    }
}
