package dev.rollcall.launcher.platform;

import java.net.URI;
import java.nio.file.Path;

/**
 * The URLs of a platform's Consul and Prometheus, on this machine or on the network of its containers.
 *
 * @param metricsToken the file of the bearer token that Prometheus sends to instances that ask for one; may be missing
 */
public record Addresses(URI consul, URI prometheus, Path metricsToken) {

    public static Addresses of(Workspace workspace, Ports ports) {
        return new Addresses(ports.uri(Port.CONSUL), ports.uri(Port.PROMETHEUS), workspace.token(Tokens.PROMETHEUS));
    }
}
