package dev.rollcall.launcher;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options by which a command looks into a platform that nothing on this machine runs, as from within containers. */
final class Elsewhere {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Option(
            names = "--consul",
            paramLabel = "URL",
            defaultValue = "${env:ROLLCALL_CONSUL}",
            description = "the Consul agent of a platform that doesn't run here by itself, as in containers")
    private Optional<URI> consul = Optional.empty();

    @Option(
            names = "--prometheus",
            paramLabel = "URL",
            defaultValue = "${env:ROLLCALL_PROMETHEUS}",
            description = "the Prometheus of that platform")
    private Optional<URI> prometheus = Optional.empty();

    @Option(
            names = "--metrics-token-file",
            paramLabel = "FILE",
            defaultValue = "${env:ROLLCALL_METRICS_TOKEN_FILE}",
            description = "what that Prometheus shows to whoever asks for a token")
    private Optional<Path> metricsToken = Optional.empty();

    /** Empty if the user means the platform that runs here. */
    Optional<Addresses> addresses(Workspace workspace) {
        if (consul.isPresent() != prometheus.isPresent()) {
            throw misused("--consul and --prometheus go together: give both, or neither for what runs here");
        }
        Path token = metricsToken.orElseGet(() -> workspace.token(Tokens.PROMETHEUS));
        return consul.flatMap(agent ->
                prometheus.map(server -> new Addresses(url("--consul", agent), url("--prometheus", server), token)));
    }

    /** The failure of a command whose options don't go together. */
    ParameterException misused(String what) {
        return new ParameterException(command.commandLine(), what);
    }

    private URI url(String option, URI given) {
        if (!String.valueOf(given.getScheme()).matches("https?") || given.getHost() == null) {
            throw misused("Invalid value for option '%s': '%s' (expected: like http://127.0.0.1:8500)"
                    .formatted(option, given));
        }
        return given;
    }
}
