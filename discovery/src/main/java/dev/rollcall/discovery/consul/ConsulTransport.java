package dev.rollcall.discovery.consul;

import com.ecwid.consul.SingleUrlParameters;
import com.ecwid.consul.UrlParameters;
import com.ecwid.consul.json.GsonFactory;
import com.ecwid.consul.transport.HttpResponse;
import com.ecwid.consul.transport.TransportException;
import com.ecwid.consul.v1.ConsulRawClient;
import com.google.gson.JsonParseException;
import com.google.gson.reflect.TypeToken;
import dev.rollcall.discovery.http.BoundedHttpClient;
import dev.rollcall.discovery.http.TimeLimiter;
import dev.rollcall.discovery.http.TokenFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.http.Header;
import org.apache.http.HttpEntity;
import org.apache.http.HttpRequestInterceptor;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.config.MessageConstraints;
import org.apache.http.config.RegistryBuilder;
import org.apache.http.conn.socket.ConnectionSocketFactory;
import org.apache.http.conn.socket.PlainConnectionSocketFactory;
import org.apache.http.conn.util.PublicSuffixMatcher;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.impl.conn.DefaultManagedHttpClientConnection;
import org.apache.http.impl.conn.PoolingHttpClientConnectionManager;
import org.apache.http.util.EntityUtils;
import org.jspecify.annotations.Nullable;

/**
 * Calls one agent through consul-api. Each call is limited in time, from DNS to the last byte of the response, and in
 * size. Throws one exception for "unavailable" and one for "refused".
 *
 * <p>It avoids consul-api's typed clients, which send the token in the URL, don't escape ids and wait ten minutes for a
 * response. The token is sent in the {@code X-Consul-Token} header; a new one in its file takes effect within a second.
 */
public final class ConsulTransport implements AutoCloseable {
    /** By default an agent accepts 200 connections per client. */
    private static final int MAX_CONNECTIONS = 150;

    private static final int BUFFER_BYTES = 8 * 1024;

    /** About 20,000 instances of a service. */
    private static final int MAX_BYTES = 32 * 1024 * 1024;

    private static final MessageConstraints HEAD = MessageConstraints.custom()
            .setMaxLineLength(64 * 1024)
            .setMaxHeaderCount(200)
            .build();

    private final URI url;
    private final ResponseValidator validator;
    private final @Nullable AgentTls tls;
    private final Duration timeout;
    private final CloseableHttpClient httpClient;
    private final ConsulRawClient rawClient;

    /** Calls the agent of {@code config}. */
    public ConsulTransport(AgentConfig config) {
        this.timeout = config.timeout();
        this.url = valid(config);
        Supplier<String> token = token(config);
        this.validator = new ResponseValidator(url, token);
        this.tls =
                "https".equals(url.getScheme()) ? new AgentTls(config.tls().orElseGet(AgentTlsConfig::create)) : null;
        HttpRequestInterceptor sendToken = (request, context) -> {
            String secret = token.get();
            if (!secret.isEmpty()) {
                request.setHeader("X-Consul-Token", secret);
            }
        };
        int connectMillis = Math.toIntExact(timeout.toMillis());
        this.httpClient = HttpClients.custom()
                .disableAutomaticRetries()
                // the agent is near: to compress a long list takes it, and us, longer than to send it
                .disableContentCompression()
                .disableCookieManagement()
                // by default it reads the list of public suffixes, which only cookies need
                .setPublicSuffixMatcher(new PublicSuffixMatcher(List.of(), List.of()))
                .disableRedirectHandling()
                .setConnectionManager(connections(tls))
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectTimeout(connectMillis)
                        .setConnectionRequestTimeout(connectMillis)
                        .build())
                .addInterceptorFirst(sendToken)
                .addInterceptorFirst(new AclFilterWarning(url))
                .addInterceptorLast(new ResponseSizeLimit(MAX_BYTES))
                .build();
        this.rawClient = new ConsulRawClient(httpClient, url.getScheme() + "://" + url.getHost(), port(url), "");
    }

    /** Address of the agent. */
    public URI url() {
        return url;
    }

    /**
     * Sends a GET request.
     *
     * @param needs permission that the token needs, such as {@code service:read on order-service}
     * @param wait how long Consul may wait for a change before it answers
     * @throws ConsulUnavailableException if the agent doesn't answer or answers 5xx
     * @throws ConsulRefusedException if it answers 4xx
     */
    public HttpResponse get(String path, String needs, List<Parameter> parameters, Duration wait) {
        return validator.accepted("GET " + path, needs, find(path, needs, parameters, wait));
    }

    /** As {@link #get}, but also returns a 404. */
    public HttpResponse find(String path, String needs, List<Parameter> parameters, Duration wait) {
        HttpResponse response = call(wait, () -> rawClient.makeGetRequest(path, urlParameters(parameters)));
        return response.getStatusCode() == 404 ? response : validator.accepted("GET " + path, needs, response);
    }

    /**
     * As {@link #get} for a blocking query, but reads the answer while it arrives: a long one is never in memory as a
     * whole.
     *
     * @param expected what the answer must be, for messages
     * @param reader reads the answer
     * @throws ConsulUnavailableException also if the answer is something else or has no index
     */
    public <T> Answer<T> read(
            String path,
            String needs,
            List<Parameter> parameters,
            Duration wait,
            String expected,
            BodyReader<T> reader) {
        String query = parameters.stream()
                .map(parameter -> segment(parameter.name()) + "=" + segment(parameter.value()))
                .collect(Collectors.joining("&", "?", ""));
        HttpGet request = new HttpGet(url.getScheme() + "://" + url.getHost() + ":" + port(url) + path + query);
        String message = "Consul at " + url + " did not answer with " + expected;
        return call(wait, () -> {
            try {
                return httpClient.execute(request, response -> {
                    int status = response.getStatusLine().getStatusCode();
                    HttpEntity body = response.getEntity();
                    if (status >= 300) {
                        String said = body == null ? "" : EntityUtils.toString(body, StandardCharsets.UTF_8);
                        validator.accepted("GET " + path, needs, new HttpResponse(status, "", said, null, null, null));
                    }
                    Header index = response.getFirstHeader("X-Consul-Index");
                    if (index == null || body == null) {
                        throw new ConsulUnavailableException(message);
                    }
                    return new Answer<>(Long.parseLong(index.getValue()), reader.read(body.getContent()));
                });
            } catch (JsonParseException | NumberFormatException e) {
                throw new ConsulUnavailableException(message + ": " + e.getMessage(), e);
            } catch (IOException e) {
                throw new TransportException(e);
            }
        });
    }

    /**
     * Sends a PUT request.
     *
     * @param needs permission that the token needs, such as {@code service:write on order-service}
     * @throws ConsulUnavailableException if the agent doesn't answer or answers 5xx
     * @throws ConsulRefusedException if it answers 4xx
     */
    public void put(String path, String needs, String body, List<Parameter> parameters) {
        validator.accepted(
                "PUT " + path,
                needs,
                call(Duration.ZERO, () -> rawClient.makePutRequest(path, body, urlParameters(parameters))));
    }

    /** The parameters of a blocking query; none for index 0. */
    public static List<Parameter> changedAfter(long index, Duration wait) {
        if (index == 0) {
            return List.of();
        }
        // Consul expects whole seconds
        return List.of(
                new Parameter("index", String.valueOf(index)),
                new Parameter("wait", Math.max(1, wait.toSeconds()) + "s"));
    }

    /**
     * Parses the answer to a blocking query.
     *
     * @param expected what the answer must be, for messages
     * @throws ConsulUnavailableException if it is something else or has no index
     */
    public <T> Answer<T> parse(HttpResponse response, TypeToken<T> type, String expected) {
        String message = "Consul at " + url + " did not answer with " + expected;
        Long index = response.getConsulIndex();
        T value;
        try {
            value = GsonFactory.getGson().fromJson(response.getContent(), type);
        } catch (JsonParseException e) {
            throw new ConsulUnavailableException(message + ": " + e.getMessage(), e);
        }
        if (index == null || value == null) {
            throw new ConsulUnavailableException(message);
        }
        return new Answer<>(index, value);
    }

    /** Escapes a name or id as one path segment. */
    public static String segment(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        try {
            httpClient.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Connections of the one scheme in use, as setting up TLS slows down the start. They never log what they send,
     * which contains the token.
     */
    private static PoolingHttpClientConnectionManager connections(@Nullable AgentTls tls) {
        RegistryBuilder<ConnectionSocketFactory> schemes = RegistryBuilder.create();
        if (tls == null) {
            schemes.register("http", PlainConnectionSocketFactory.getSocketFactory());
        } else {
            schemes.register("https", tls.sockets());
        }
        PoolingHttpClientConnectionManager connections = new PoolingHttpClientConnectionManager(
                schemes.build(),
                (route, config) -> new DefaultManagedHttpClientConnection(
                        "consul", BUFFER_BYTES, BUFFER_BYTES, null, null, HEAD, null, null, null, null),
                ConsulTransport::addresses);
        connections.setMaxTotal(MAX_CONNECTIONS);
        connections.setDefaultMaxPerRoute(MAX_CONNECTIONS);
        return connections;
    }

    private <T> T call(Duration wait, Supplier<T> request) {
        // Consul adds up to a sixteenth to a wait
        Duration longest = wait.plus(wait.dividedBy(16)).plus(timeout);
        try {
            T response = TimeLimiter.interrupting(longest, request);
            if (tls != null) {
                tls.worked();
            }
            return response;
        } catch (TransportException e) {
            throw failure(e);
        } catch (TimeoutException e) {
            throw unavailable("no answer within " + longest.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("interrupted", e);
        }
    }

    private RuntimeException failure(TransportException transport) {
        Throwable cause = transport.getCause() == null ? transport : transport.getCause();
        if (cause instanceof BoundedHttpClient.TooLargeException) {
            return new ConsulUnavailableException("Consul at " + url + " " + cause.getMessage(), transport);
        }
        return unavailable(tls != null ? tls.explain(cause) : String.valueOf(cause.getMessage()), transport);
    }

    private ConsulUnavailableException unavailable(String why, Throwable cause) {
        return new ConsulUnavailableException("Consul at " + url + " does not answer: " + why, cause);
    }

    /** Resolves on a platform thread: on a virtual thread it would block a carrier thread. */
    private static InetAddress[] addresses(String host) throws UnknownHostException {
        FutureTask<InetAddress[]> lookup = new FutureTask<>(() -> InetAddress.getAllByName(host));
        Thread.ofPlatform().daemon().name("consul-name-lookup").start(lookup);
        try {
            return lookup.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnknownHostException(host + ": interrupted");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof UnknownHostException unknown ? unknown : new UnknownHostException(host);
        }
    }

    private static UrlParameters[] urlParameters(List<Parameter> parameters) {
        return parameters.stream()
                .map(parameter -> new SingleUrlParameters(parameter.name(), parameter.value()))
                .toArray(UrlParameters[]::new);
    }

    private static URI valid(AgentConfig config) {
        URI url = config.url();
        boolean https = "https".equals(url.getScheme());
        boolean bare = url.getHost() != null
                && url.getRawUserInfo() == null
                && url.getRawQuery() == null
                && url.getRawPath().length() <= 1;
        if (!bare || (!https && !"http".equals(url.getScheme()))) {
            // keeps a password or token in the URL out of the log
            String shown = url.toString().replaceFirst("//[^/]*@", "//…@").replaceFirst("\\?.*", "?…");
            throw new IllegalArgumentException(
                    "agent.url: " + shown + " (expected: scheme, host and port, for example http://127.0.0.1:8500)");
        }
        if (!https && config.tls().isPresent()) {
            throw new IllegalArgumentException("agent.url: " + url + " (expected: https, because agent.tls is set)");
        }
        return url;
    }

    /** Supplies the current ACL token; empty if none is configured. */
    static Supplier<String> token(AgentConfig config) {
        if (config.tokenFile().isPresent()) {
            return TokenFile.single("agent.token-file", config.tokenFile().get())::token;
        }
        String token = config.token().orElse("").strip();
        if (!token.isEmpty() && !TokenFile.isToken(token)) {
            throw new IllegalArgumentException(
                    "agent.token has an invalid character (expected: printable ASCII without blanks)");
        }
        return () -> token;
    }

    private static int port(URI url) {
        if (url.getPort() > 0) {
            return url.getPort();
        }
        return "https".equals(url.getScheme()) ? 8501 : 8500;
    }

    /** Reads an answer while it arrives. */
    public interface BodyReader<T> {
        /**
         * Reads it to its end.
         *
         * @throws JsonParseException if it isn't what was expected
         */
        T read(InputStream body) throws IOException;
    }

    /** A query parameter; a name may occur more than once. */
    public record Parameter(String name, String value) {}

    /**
     * The answer to a blocking query.
     *
     * @param index index for the next query
     * @param value what Consul answered
     */
    public record Answer<T>(long index, T value) {}
}
