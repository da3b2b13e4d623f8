package dev.rollcall.discovery;

import com.ecwid.consul.SingleUrlParameters;
import com.ecwid.consul.UrlParameters;
import com.ecwid.consul.transport.HttpResponse;
import com.ecwid.consul.transport.TransportException;
import com.ecwid.consul.v1.ConsulRawClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.apache.http.HttpRequestInterceptor;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;

/**
 * Calls to one agent through consul-api, each bounded in time, with one exception for "away" and one for "refused".
 *
 * <p>It stays below consul-api's typed clients, which send the token in the URL, leave ids unescaped and wait ten
 * minutes for any answer. The token goes into the {@code X-Consul-Token} header and is asked for on every call.
 */
final class ConsulTransport implements AutoCloseable {
    /** Agents refuse more than 200 connections of one client by default. */
    private static final int MAX_CONNECTIONS = 150;

    private final URI url;
    private final CloseableHttpClient httpClient;
    private final ConsulRawClient rawClient;

    private ConsulTransport(AgentConfig config, Duration readTimeout) {
        this.url = valid(config.url());
        Supplier<String> token = TokenSource.create(config);
        HttpRequestInterceptor sendToken = (request, context) -> {
            String secret = token.get();
            if (!secret.isEmpty()) {
                request.setHeader("X-Consul-Token", secret);
            }
        };
        int connectMillis = Math.toIntExact(config.timeout().toMillis());
        this.httpClient = HttpClients.custom()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableRedirectHandling()
                .setMaxConnPerRoute(MAX_CONNECTIONS)
                .setMaxConnTotal(MAX_CONNECTIONS)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectTimeout(connectMillis)
                        .setConnectionRequestTimeout(connectMillis)
                        .setSocketTimeout(Math.toIntExact(readTimeout.toMillis()))
                        .build())
                .addInterceptorFirst(sendToken)
                .build();
        this.rawClient = new ConsulRawClient(httpClient, url.getScheme() + "://" + url.getHost(), port(url), "");
    }

    /** For calls that are answered at once. */
    static ConsulTransport forCalls(AgentConfig config) {
        return new ConsulTransport(config, config.timeout());
    }

    /** For blocking queries of up to {@code wait}, to which Consul adds up to a sixteenth. */
    static ConsulTransport forBlockingQueries(AgentConfig config, Duration wait) {
        return new ConsulTransport(config, wait.plus(wait.dividedBy(16)).plus(config.timeout()));
    }

    /** Address of the agent. */
    URI url() {
        return url;
    }

    /**
     * Asks the agent.
     *
     * @throws ConsulUnavailableException if it doesn't answer, or with 5xx
     * @throws ConsulRefusedException if it answers with 4xx
     */
    HttpResponse get(String path, List<Parameter> parameters) {
        return call("GET", path, () -> rawClient.makeGetRequest(path, urlParameters(parameters)));
    }

    /**
     * Tells the agent.
     *
     * @throws ConsulUnavailableException if it doesn't answer, or with 5xx
     * @throws ConsulRefusedException if it answers with 4xx
     */
    void put(String path, String body, List<Parameter> parameters) {
        call("PUT", path, () -> rawClient.makePutRequest(path, body, urlParameters(parameters)));
    }

    /** A name or id as one segment of a path. */
    static String segment(String value) {
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

    private HttpResponse call(String method, String path, Supplier<HttpResponse> request) {
        HttpResponse response;
        try {
            response = request.get();
        } catch (TransportException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new ConsulUnavailableException("Consul at " + url + " does not answer: " + cause.getMessage(), e);
        }
        int status = response.getStatusCode();
        if (status < 400) {
            return response;
        }
        String message = "Consul at " + url + " answers " + status + " to " + method + " " + path + ": "
                + response.getContent().strip();
        if (status < 500) {
            throw new ConsulRefusedException(status, message);
        }
        throw new ConsulUnavailableException(message);
    }

    private static UrlParameters[] urlParameters(List<Parameter> parameters) {
        return parameters.stream()
                .map(parameter -> new SingleUrlParameters(parameter.name(), parameter.value()))
                .toArray(UrlParameters[]::new);
    }

    private static URI valid(URI url) {
        boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        if (!http || url.getHost() == null) {
            throw new IllegalArgumentException(
                    "agent.url: " + url + " (expected: scheme, host and port, for example http://127.0.0.1:8500)");
        }
        return url;
    }

    private static int port(URI url) {
        if (url.getPort() > 0) {
            return url.getPort();
        }
        return "https".equals(url.getScheme()) ? 443 : 8500;
    }

    /** A query parameter; a name may occur more than once. */
    record Parameter(String name, String value) {}
}
