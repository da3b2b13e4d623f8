package dev.rollcall.launcher;

import dev.rollcall.launcher.platform.Addresses;
import dev.rollcall.launcher.platform.Tokens;
import dev.rollcall.launcher.platform.Workspace;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The options that point a command at a platform which this machine does not run, for example from inside a container.
 */
final class RemotePlatform {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Mixin
    private final ConsulOption consul = new ConsulOption();

    @Option(
            names = "--prometheus",
            paramLabel = "URL",
            converter = UrlParser.class,
            defaultValue = "${env:ROLLCALL_PROMETHEUS}",
            description = "the Prometheus of that platform")
    private Optional<URI> prometheus = Optional.empty();

    @Option(
            names = "--metrics-token-file",
            paramLabel = "FILE",
            defaultValue = "${env:ROLLCALL_METRICS_TOKEN_FILE}",
            description = "the bearer token that this Prometheus sends to instances that ask for one")
    private Optional<Path> metricsToken = Optional.empty();

    /** Empty for the platform on this machine. */
    Optional<Addresses> addresses(Workspace workspace) {
        if (consul.url().isPresent() != prometheus.isPresent()) {
            throw misused(
                    "--consul and --prometheus go together: give both, or neither for the platform on this machine");
        }
        Path token = metricsToken.orElseGet(() -> workspace.token(Tokens.PROMETHEUS));
        return consul.url().flatMap(agent -> prometheus.map(server -> new Addresses(agent, server, token)));
    }

    /** The error of a command whose options don't go together. */
    ParameterException misused(String what) {
        return new ParameterException(command.commandLine(), what);
    }
}
