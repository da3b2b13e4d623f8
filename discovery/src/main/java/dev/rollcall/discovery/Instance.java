package dev.rollcall.discovery;

import dev.rollcall.discovery.http.Authority;
import java.util.List;
import java.util.Map;

/**
 * An instance of a service as Consul lists it.
 *
 * @param service name of the service
 * @param id id of the instance
 * @param host host name or IP address to call
 * @param port port to call, 1 to 65535; 0 if it is registered without one, or with one that can't be
 * @param secure whether it is called by HTTPS: its meta {@code secure} is {@code true}
 * @param tags its tags
 * @param meta its meta
 * @param weight its share of the calls in relation to others; 0 for none. Consul has one for a warning and one for any other
 *     state
 * @param health what its checks say
 */
public record Instance(
        String service,
        String id,
        String host,
        int port,
        boolean secure,
        List<String> tags,
        Map<String, String> meta,
        int weight,
        Health health) {
    /** Copies the collections. */
    public Instance {
        tags = List.copyOf(tags);
        meta = Map.copyOf(meta);
    }

    /** Its host and port as a URI has them: an IPv6 address stands in brackets. */
    public String authority() {
        return Authority.of(host, port);
    }
}
