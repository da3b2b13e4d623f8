package dev.rollcall.launcher.platform;

import java.net.URI;
import java.nio.file.Path;

/**
 * Where a platform answers whoever looks into it: on this machine, or, from within containers, on their network.
 *
 * @param metricsToken the file of the token that Prometheus shows those who ask for it; it need not be there
 */
public record Addresses(URI consul, URI prometheus, Path metricsToken) {

    public static Addresses of(Workspace workspace, Ports ports) {
        return new Addresses(ports.uri(Port.CONSUL), ports.uri(Port.PROMETHEUS), workspace.token(Tokens.PROMETHEUS));
    }
}
