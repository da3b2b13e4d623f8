package dev.rollcall.rollcall;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * An instance as Consul has it, whatever was registered: a host that is none and a port that can't be are kept as they
 * are.
 *
 * @param kind {@code connect-proxy} for a proxy, empty for most
 * @param host where it is
 * @param port of its API
 */
public record ServiceEntry(
        String service,
        String id,
        String kind,
        String host,
        long port,
        List<String> tags,
        Map<String, String> meta,
        List<Check> checks) {

    private static final String TAG = "metrics";
    private static final Pattern UNDERSCORED = Pattern.compile("[A-Za-z0-9.-]*_[A-Za-z0-9._-]*");
    private static final int MOST_PORT = 65_535;
    private static final String SIDECAR_SUFFIX = "-sidecar-proxy";

    public ServiceEntry {
        tags = List.copyOf(tags);
        meta = Map.copyOf(meta);
        checks = List.copyOf(checks);
    }

    /**
     * A check of an instance or of its node.
     *
     * @param output what it printed last, and its notes
     */
    public record Check(String id, String name, String status, String output) {

        /** What it says; all that Consul does not define counts as critical. */
        public CheckState state() {
            return CheckState.of(id, status);
        }
    }

    /** The worst state of its checks; passing if it has none. */
    public CheckState state() {
        return worst().map(Check::state).orElse(CheckState.PASSING);
    }

    /** What the check in that state printed, on one line; empty if it passes. */
    public String output() {
        return worst().filter(check -> check.state() != CheckState.PASSING)
                .map(check -> Line.first(check.output()))
                .orElse("");
    }

    /** The first check in the worst state; empty if it has none. */
    public Optional<Check> worst() {
        return checks.stream().reduce((one, other) -> other.state().compareTo(one.state()) > 0 ? other : one);
    }

    /** Of two with the same id, the one whose checks say worse. */
    ServiceEntry worse(ServiceEntry other) {
        return other.state().compareTo(state()) > 0 ? other : this;
    }

    /** Host and port of its API, an IPv6 address in brackets; no port if it has none. */
    public String address() {
        return port == 0 ? host : bracketed() + ":" + port;
    }

    /** Its meta {@code version}; empty if there is none. */
    public String version() {
        return meta.getOrDefault("version", "");
    }

    private String bracketed() {
        return host.contains(":") ? "[" + host + "]" : host;
    }

    /** What {@code /v1/health/service/…} has of an instance. */
    public static ServiceEntry of(JsonNode node) {
        JsonNode service = node.path("Service");
        Map<String, String> meta = new HashMap<>();
        service.path("Meta")
                .properties()
                .forEach(it -> meta.put(it.getKey(), it.getValue().asText()));
        String address = service.path("Address").asText();
        return new ServiceEntry(
                service.path("Service").asText(),
                service.path("ID").asText(),
                service.path("Kind").asText(),
                address.isEmpty() ? node.at("/Node/Address").asText() : address,
                service.path("Port").asLong(),
                list(service.path("Tags")).map(JsonNode::asText).toList(),
                meta,
                list(node.path("Checks")).map(ServiceEntry::check).toList());
    }

    /** Whether there is the tag without which Prometheus passes an instance over, among those of it or of its service. */
    public static boolean isTagged(JsonNode tags) {
        return list(tags).anyMatch(tag -> tag.asText().equals(TAG));
    }

    /** Whether Prometheus should have it as a target, unless it is in maintenance. */
    public boolean isToBeScraped() {
        return isTagged() && !isSidecar();
    }

    public boolean isTagged() {
        return tags.contains(TAG);
    }

    /**
     * Whether it is the proxy that Consul registered together with an instance, and does not say that it has metrics of
     * its own: it inherits the instance's tags and meta, and would be the same target once more.
     */
    boolean isSidecar() {
        return kind.equals("connect-proxy") && isNamedLikeASidecar();
    }

    /** Whether Prometheus, which doesn't know its kind, takes it for such a proxy. */
    public boolean isNamedLikeASidecar() {
        return id.endsWith(SIDECAR_SUFFIX) && !"true".equals(meta.get("metrics_proxy"));
    }

    /** Whether it asks to be scraped in any way, be it not the right one. */
    public boolean asksForScrapes() {
        return (isTagged() || meta.keySet().stream().anyMatch(key -> key.startsWith("metrics_"))) && !isSidecar();
    }

    /** Whether it asks for the token of Prometheus. */
    public boolean wantsToken() {
        return "bearer".equals(meta.get("metrics_auth"));
    }

    /**
     * Where Prometheus scrapes it: what its meta leaves open is as Prometheus has it by default.
     *
     * @throws IllegalArgumentException if its host and port are no address
     */
    public URI scrapeUri() {
        String scheme = meta("metrics_scheme", "https?", "http");
        String path = meta("metrics_path", "/.*", "/metrics");
        String address = scrapeAddress();
        try {
            // these arguments are taken literally, as Prometheus takes them, and escaped where a URL needs it
            URI uri = new URI(scheme, address, path, null, null);
            if (uri.getHost() == null && UNDERSCORED.matcher(host).matches()) {
                // such a name may be known to DNS all the same, as those of containers are
                String known = InetAddress.getByName(host).getHostAddress();
                uri = new URI(scheme, address.replace(host, known), path, null, null);
            }
            if (uri.getHost() != null && uri.getPort() > 0 && uri.getPort() <= MOST_PORT) {
                return URI.create(uri.toASCIIString());
            }
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("no address is known for the name " + host, e);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(unusable(address), e);
        }
        throw new IllegalArgumentException(unusable(address));
    }

    private static String unusable(String address) {
        return Line.of(address) + " can't be connected to (expected: host and port)";
    }

    /** Host and port that Prometheus connects to, an IPv6 address in brackets. */
    public String scrapeAddress() {
        String port = meta("metrics_port", "\\d+", Long.toString(this.port));
        return bracketed() + ":" + port;
    }

    /** What the meta says, if it is something that Prometheus heeds. */
    private String meta(String key, String pattern, String otherwise) {
        String value = meta.getOrDefault(key, "");
        return value.matches(pattern) ? value : otherwise;
    }

    private static Check check(JsonNode check) {
        return new Check(
                check.path("CheckID").asText(),
                check.path("Name").asText(),
                check.path("Status").asText(),
                (check.path("Output").asText() + check.path("Notes").asText()).strip());
    }

    private static Stream<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
