package dev.rollcall.launcher;

import java.net.URI;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option by which a command is told of a Consul agent that no launcher on this machine started. */
final class ConsulOption {

    @Option(
            names = "--consul",
            paramLabel = "URL",
            converter = UrlParser.class,
            defaultValue = "${env:ROLLCALL_CONSUL}",
            description = "the Consul agent of a platform that doesn't run here by itself, as in containers")
    private Optional<URI> url = Optional.empty();

    /** Empty if the user means the platform that runs here. */
    Optional<URI> url() {
        return url;
    }
}
