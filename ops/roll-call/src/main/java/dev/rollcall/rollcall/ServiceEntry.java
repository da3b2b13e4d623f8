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
 * An instance as registered in Consul. Invalid hosts and ports are kept unchanged.
 *
 * @param kind {@code connect-proxy} for a proxy, empty for most
 * @param host its host
 * @param port the port of its API
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
     * @param output its last output and its notes
     */
    public record Check(String id, String name, String status, String output) {

        /** Its state. A status that Consul does not define counts as critical. */
        public CheckState state() {
            return CheckState.of(id, status);
        }
    }

    /** The worst state of its checks; passing if it has none. */
    public CheckState state() {
        return worst().map(Check::state).orElse(CheckState.PASSING);
    }

    /** The output of the worst check, on one line; empty if it passes. */
    public String output() {
        return worst().filter(check -> check.state() != CheckState.PASSING)
                .map(check -> Line.first(check.output()))
                .orElse("");
    }

    /** The first check in the worst state; empty if it has none. */
    public Optional<Check> worst() {
        return checks.stream().reduce((one, other) -> other.state().compareTo(one.state()) > 0 ? other : one);
    }

    /** Of two entries with the same id, the one in the worse state. */
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

    /** Parses an instance in the answer of {@code /v1/health/service/…}. */
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

    /** Whether these tags, of an instance or a service, contain the tag that Prometheus requires. */
    public static boolean isTagged(JsonNode tags) {
        return list(tags).anyMatch(tag -> tag.asText().equals(TAG));
    }

    /** Whether Prometheus should scrape it, unless it is in maintenance. */
    public boolean isToBeScraped() {
        return isTagged() && !isSidecar();
    }

    public boolean isTagged() {
        return tags.contains(TAG);
    }

    /**
     * Whether it is a sidecar proxy without metrics of its own. It inherits the tags and meta of its instance and would
     * duplicate the target.
     */
    boolean isSidecar() {
        return kind.equals("connect-proxy") && isNamedLikeASidecar();
    }

    /** Whether Prometheus, which does not know its kind, takes it for a sidecar proxy. */
    public boolean isNamedLikeASidecar() {
        return id.endsWith(SIDECAR_SUFFIX) && !"true".equals(meta.get("metrics_proxy"));
    }

    /** Whether it asks to be scraped, correctly or not. */
    public boolean asksForScrapes() {
        return (isTagged() || meta.keySet().stream().anyMatch(key -> key.startsWith("metrics_"))) && !isSidecar();
    }

    /** Whether it asks for Prometheus's token. */
    public boolean wantsToken() {
        return "bearer".equals(meta.get("metrics_auth"));
    }

    /**
     * The URL that Prometheus scrapes. Missing meta have Prometheus's defaults.
     *
     * @throws IllegalArgumentException if its host and port are not a valid address
     */
    public URI scrapeUri() {
        String scheme = meta("metrics_scheme", "https?", "http");
        String path = meta("metrics_path", "/.*", "/metrics");
        String address = scrapeAddress();
        try {
            // takes the arguments literally, like Prometheus, and escapes them where a URL requires it
            URI uri = new URI(scheme, address, path, null, null);
            if (uri.getHost() == null && UNDERSCORED.matcher(host).matches()) {
                // an invalid host name, but DNS may resolve it, for example a container's
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

    /** The meta's value if Prometheus accepts it. */
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
