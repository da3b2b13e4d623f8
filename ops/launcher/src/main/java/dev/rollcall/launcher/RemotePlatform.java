package dev.rollcall.launcher;

import dev.rollcall.launcher.platform.Addresses;
import dev.rollcall.launcher.platform.Tokens;
import dev.rollcall.launcher.platform.Workspace;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The options by which a command looks into a platform that nothing on this machine runs, as from within containers. */
final class RemotePlatform {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Mixin
    private final ConsulOption consul = new ConsulOption();

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
        if (consul.url().isPresent() != prometheus.isPresent()) {
            throw misused("--consul and --prometheus go together: give both, or neither for what runs here");
        }
        Path token = metricsToken.orElseGet(() -> workspace.token(Tokens.PROMETHEUS));
        return consul.url().flatMap(agent -> prometheus.map(server -> new Addresses(agent, server, token)));
    }

    /** The failure of a command whose options don't go together. */
    ParameterException misused(String what) {
        return new ParameterException(command.commandLine(), what);
    }

    static URI parseUrl(String text) {
        try {
            URI url = new URI(text);
            if (String.valueOf(url.getScheme()).matches("https?") && url.getHost() != null) {
                return url;
            }
        } catch (URISyntaxException e) {
            throw noUrl(text);
        }
        throw noUrl(text);
    }

    private static TypeConversionException noUrl(String text) {
        return new TypeConversionException("'%s' (expected: like http://127.0.0.1:8500)".formatted(text));
    }
}
