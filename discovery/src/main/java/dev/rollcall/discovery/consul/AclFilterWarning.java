package dev.rollcall.discovery.consul;

import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.http.HttpResponse;
import org.apache.http.HttpResponseInterceptor;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.protocol.HttpContext;

/**
 * Tells, once, of an answer from which Consul left out what the token may not read: it says 200 all the same, and the
 * service that is missing would look like one that isn't there. Consul before 1.11 doesn't tell at all.
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
        // of all the agent's services and checks only one's own are wanted
        if (path.startsWith("/v1/agent/")) {
            return;
        }
        if (response.getFirstHeader("X-Consul-Results-Filtered-By-ACLs") == null) {
            filtered.remove(path);
        } else if (filtered.add(path)) {
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "Consul at {0} leaves out of {1} what the token may not read (expected: service:read, node:read or key:read)",
                    agent,
                    path);
        }
    }
}
