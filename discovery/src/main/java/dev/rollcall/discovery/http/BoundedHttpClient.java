package dev.rollcall.discovery.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 client whose calls always end: one deadline covers DNS, connecting and the whole response, whose size is
 * limited. The JDK's own request timeout ends with the response headers. Thread-safe; one client serves many servers.
 */
public final class BoundedHttpClient implements AutoCloseable {
    private final Duration timeout;
    private final int maxBytes;
    private final HttpClient.Redirect redirects;
    private final HttpClient plain;
    private @Nullable HttpClient encrypted;

    /** A client that doesn't follow redirects. */
    public BoundedHttpClient(Duration timeout, int maxBytes) {
        this(timeout, maxBytes, HttpClient.Redirect.NEVER);
    }

    /**
     * A client.
     *
     * @param timeout limit of a call and of connecting
     * @param maxBytes largest response body
     * @param redirects redirects to follow, within the same deadline
     */
    public BoundedHttpClient(Duration timeout, int maxBytes, HttpClient.Redirect redirects) {
        this.timeout = timeout;
        this.maxBytes = maxBytes;
        this.redirects = redirects;
        if (redirects == HttpClient.Redirect.NEVER) {
            plain = builder().sslContext(withoutAuthorities()).build();
        } else {
            // a redirect may lead to https
            plain = encrypted();
        }
    }

    /** As {@link #send(HttpRequest, Duration)}, with this client's timeout. */
    public Answer send(HttpRequest request) throws IOException, InterruptedException {
        return send(request, timeout);
    }

    /**
     * Sends a request and waits for the complete response. Messages of its exceptions begin with a verb, to follow the
     * server's name.
     *
     * @param longest limit of this call
     * @return the response, with any status
     * @throws HttpTimeoutException if the response isn't complete in time
     * @throws TooLargeException if its body is too large
     * @throws IOException if there is no response for another reason
     * @throws InterruptedException if the waiting thread is interrupted
     */
    public Answer send(HttpRequest request, Duration longest) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> response =
                client(request.uri()).sendAsync(request, info -> new BoundedBody(maxBytes));
        try {
            return new Answer(response.get(longest.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("does not answer within " + text(longest));
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } finally {
            // closes the connection of an incomplete call
            response.cancel(true);
        }
    }

    /** Aborts the calls in flight. */
    @Override
    public synchronized void close() {
        plain.shutdownNow();
        if (encrypted != null) {
            encrypted.shutdownNow();
        }
    }

    private HttpClient client(URI uri) {
        return "https".equalsIgnoreCase(uri.getScheme()) ? encrypted() : plain;
    }

    private synchronized HttpClient encrypted() {
        if (encrypted == null) {
            encrypted = builder().build();
        }
        return encrypted;
    }

    private HttpClient.Builder builder() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(redirects)
                .connectTimeout(timeout);
    }

    /** For http only: the JDK's default context reads all certificate authorities, which takes a starting JVM 50 ms. */
    private static SSLContext withoutAuthorities() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[0], null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has TLS", e);
        }
    }

    private IOException failure(@Nullable Throwable cause) {
        return switch (cause) {
            case HttpConnectTimeoutException late ->
                new HttpConnectTimeoutException("takes no connection within " + text(timeout));
            case IOException e -> e;
            case null, default -> new IOException("the exchange failed: " + cause, cause);
        };
    }

    private static String text(Duration time) {
        return time.toMillisPart() == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }

    /** A response, with any status. */
    public static final class Answer {
        private final int status;
        private final HttpHeaders headers;
        private final byte[] body;

        private Answer(HttpResponse<byte[]> response) {
            this.status = response.statusCode();
            this.headers = response.headers();
            this.body = response.body();
        }

        public int status() {
            return status;
        }

        public HttpHeaders headers() {
            return headers;
        }

        /** A copy of its body. */
        public byte[] bytes() {
            return body.clone();
        }

        /** Its body, read as UTF-8. */
        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /** A response body is larger than the limit. */
    public static final class TooLargeException extends IOException {
        public TooLargeException(int maxBytes) {
            super("answers more than " + maxBytes + " bytes");
        }
    }

    /** Cancels the response once its body is too large. */
    private static final class BoundedBody implements BodySubscriber<byte[]> {
        private final BodySubscriber<byte[]> body = BodySubscribers.ofByteArray();
        private final int maxBytes;
        private long received;
        private @Nullable Subscription subscription;

        private BoundedBody(int maxBytes) {
            this.maxBytes = maxBytes;
        }

        @Override
        public CompletionStage<byte[]> getBody() {
            return body.getBody();
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            this.subscription = subscription;
            body.onSubscribe(subscription);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            received += buffers.stream().mapToInt(ByteBuffer::remaining).sum();
            if (received <= maxBytes) {
                body.onNext(buffers);
                return;
            }
            if (subscription != null) {
                subscription.cancel();
            }
            body.onError(new TooLargeException(maxBytes));
        }

        @Override
        public void onError(Throwable failure) {
            body.onError(failure);
        }

        @Override
        public void onComplete() {
            body.onComplete();
        }
    }
}
