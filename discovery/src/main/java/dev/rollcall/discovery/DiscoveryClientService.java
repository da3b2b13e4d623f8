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
 * Sends a request for {@code http://<service>/…} to an instance of the service, and to the next one if delivery fails.
 * {@code https://<service>/…} uses only instances that speak TLS. A host with a dot or colon, {@code localhost} with a
 * port, and any other URI with a port are left alone.
 */
final class DiscoveryClientService implements WebClientService {
    private static final System.Logger LOGGER = System.getLogger(DiscoveryClientService.class.getName());

    private static final Set<Method> IDEMPOTENT =
            Set.of(Method.GET, Method.HEAD, Method.PUT, Method.DELETE, Method.OPTIONS, Method.TRACE);

    /** Helidon's host for a URI in which it finds none. */
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
                    + ": java.net.URI finds no host in it, or it is localhost without a port (expected: for a service such"
                    + " as coupon_svc Discovery.uri(\"coupon_svc\"), for this host 127.0.0.1)");
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
                RuntimeException failure = cause instanceof SSLException tls ? tlsFailure(candidate, tls) : e;
                boolean undelivered = isUndelivered(cause);
                // an interrupted caller has given up
                if (Thread.currentThread().isInterrupted()
                        || (!undelivered && !mayBeDeliveredTwice(request, e, cause))) {
                    throw failure;
                }
                if (attempts.hasNext()) {
                    next = attempts.next();
                } else if (!undelivered && !repeated) {
                    // the last one may be healthy: Helidon's pool may lend a connection just as it idles out
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
                ? "the call uses https, and none of " + known + " instances has meta secure=true"
                : discovery.whyNone(watch);
    }

    private static RuntimeException tlsFailure(Candidate candidate, SSLException e) {
        RuntimeException failure = TlsFailure.with(candidate.instance(), e);
        if (candidate.tlsFailed()) {
            LOGGER.log(System.Logger.Level.WARNING, failure::getMessage);
        }
        return failure;
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
        // a caller that waited for a whole timeout can't wait again; a timeout in Helidon's monitor of idle connections
        // is different: the pool lent a connection just as it idled out
        boolean slow = cause instanceof SocketTimeoutException && !isOfMonitor(e);
        return !slow && isIdempotent(request);
    }

    /** Whether the monitor failed: it runs on its own thread, so that its exceptions are wrapped. */
    private static boolean isOfMonitor(Throwable e) {
        return Stream.<Throwable>iterate(e, Objects::nonNull, Throwable::getCause)
                .anyMatch(ExecutionException.class::isInstance);
    }

    private static boolean isIdempotent(WebClientServiceRequest request) {
        return IDEMPOTENT.contains(request.method()) || request.headers().contains(Discovery.IDEMPOTENCY_KEY);
    }

    private static @Nullable Throwable socketCause(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            // the client throws the latter if a connection ends before the response
            if (cause instanceof IOException || cause instanceof DataReader.InsufficientDataAvailableException) {
                return cause;
            }
        }
        return null;
    }
}
