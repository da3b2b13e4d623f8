package dev.rollcall.launcher;

import java.net.URI;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option that names the Consul agent of a platform which this machine does not run. */
final class ConsulOption {

    @Option(
            names = "--consul",
            paramLabel = "URL",
            converter = UrlParser.class,
            defaultValue = "${env:ROLLCALL_CONSUL}",
            description = "the Consul agent of another platform (default: the platform on this machine)")
    private Optional<URI> url = Optional.empty();

    /** Empty for the platform on this machine. */
    Optional<URI> url() {
        return url;
    }
}
