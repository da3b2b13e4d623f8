package dev.rollcall.discovery.consul;

import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.http.HttpResponse;
import org.apache.http.HttpResponseInterceptor;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.protocol.HttpContext;

/**
 * Warns once per path when Consul leaves out results that the token may not read. Consul answers 200 all the same, so
 * that a filtered service looks like a missing one. Consul before 1.11 doesn't say that it filtered.
 */
final class AclFilterWarning implements HttpResponseInterceptor {
    private static final System.Logger LOGGER = System.getLogger(AclFilterWarning.class.getName());

    private final URI agent;
    private final Set<String> filtered = ConcurrentHashMap.newKeySet();

    AclFilterWarning(URI agent) {
        this.agent = agent;
    }

    @Override
    public void process(HttpResponse response, HttpContext context) {
        String path = URI.create(HttpClientContext.adapt(context)
                        .getRequest()
                        .getRequestLine()
                        .getUri())
                .getPath();
        // only this instance's own services and checks matter there
        if (path.startsWith("/v1/agent/")) {
            return;
        }
        if (response.getFirstHeader("X-Consul-Results-Filtered-By-ACLs") == null) {
            filtered.remove(path);
        } else if (filtered.add(path)) {
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "Consul at {0} left out results of {1} that the token may not read (expected: service:read, node:read"
                            + " or key:read)",
                    agent,
                    path);
        }
    }
}
