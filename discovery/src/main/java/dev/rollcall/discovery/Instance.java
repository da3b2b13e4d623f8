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
 * @param port port to call, 1 to 65535; 0 if it is registered with none or an invalid one
 * @param secure whether to call it over HTTPS: its meta {@code secure} is {@code true}
 * @param tags its tags
 * @param meta its meta
 * @param weight its share of the calls relative to others, 0 for none; from Consul's weight for warning or passing
 * @param health combined status of its checks
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

    /** Host and port as in a URI, with brackets around an IPv6 address. */
    public String authority() {
        return Authority.of(host, port);
    }
}
