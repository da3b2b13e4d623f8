package dev.rollcall.launcher;

import dev.rollcall.discovery.Discovery;
import dev.rollcall.launcher.engine.DockerEngine;
import dev.rollcall.launcher.engine.Engine;
import dev.rollcall.launcher.engine.LocalEngine;
import dev.rollcall.launcher.platform.CommandFailure;
import dev.rollcall.launcher.platform.Pause;
import dev.rollcall.launcher.platform.Port;
import dev.rollcall.launcher.platform.Service;
import dev.rollcall.launcher.platform.Tokens;
import dev.rollcall.launcher.traffic.Coupons;
import dev.rollcall.launcher.traffic.OrderMix;
import dev.rollcall.launcher.traffic.Tally;
import dev.rollcall.launcher.traffic.Traffic;
import io.helidon.logging.common.LogConfig;
import io.helidon.webclient.http1.Http1Client;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

@Command(
        name = "traffic",
        mixinStandardHelpOptions = true,
        description =
                "Sends orders to the instances of order-service in Consul: most are valid, some have a coupon, a used-up"
                        + " coupon or an expired one, some are malformed. Exits 1 if any order gets an unexpected answer.")
final class TrafficCommand extends PlatformCommand {

    private static final Duration FOR_EVER = Duration.ofDays(10_000);
    private static final Duration STARTING = Duration.ofMinutes(1);
    private static final Duration LOGGED = Duration.ofMinutes(1);

    @Option(names = "--rate", paramLabel = "N", converter = RateParser.class, description = "orders a second (10)")
    private double rate = 10;

    @Option(
            names = "--duration",
            paramLabel = "D",
            converter = DurationParser.class,
            description = "like 30s or 5m (until Ctrl-C)")
    private Duration duration = FOR_EVER;

    @Mixin
    private final ConsulOption consul = new ConsulOption();

    @Option(
            names = "--consul-token-file",
            paramLabel = "FILE",
            defaultValue = "${env:ROLLCALL_CONSUL_TOKEN_FILE}",
            description = "the token that reads this agent's catalog")
    private Optional<Path> consulToken = Optional.empty();

    @Option(
            names = "--admin-token-file",
            paramLabel = "FILE",
            defaultValue = "${env:ROLLCALL_ADMIN_TOKEN_FILE}",
            description = "the token with which coupon-service lets a client create coupons")
    private Optional<Path> adminToken = Optional.empty();

    @Option(
            names = "--answered-file",
            paramLabel = "FILE",
            defaultValue = "${env:ROLLCALL_ANSWERED_FILE}",
            description = "file for the Unix time of the last answer, for a health check")
    private Optional<Path> answeredFile = Optional.empty();

    private long begun = System.nanoTime();
    private long shown = begun;
    private int noted;
    private long notedAt;

    @Override
    public Integer call() {
        LogConfig.configureRuntime();
        if (consul.url().isEmpty() && Engine.running(workspace, terminal) instanceof DockerEngine docker) {
            return docker.within("traffic", arguments());
        }
        URI agent = consul.url()
                .orElseGet(() ->
                        new LocalEngine(workspace, terminal).running().ports().uri(Port.CONSUL));
        try (Discovery discovery = Discovery.create(config -> config.agent(to -> {
            to.url(agent);
            consulToken.ifPresent(to::tokenFile);
        }))) {
            return CtrlC.interrupts(() -> send(discovery));
        }
    }

    /** The arguments for the same command in a container. */
    private List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of("--rate", Double.toString(rate)));
        if (!duration.equals(FOR_EVER)) {
            arguments.addAll(List.of("--duration", duration.toMillis() / 1e3 + "s"));
        }
        return arguments;
    }

    private int send(Discovery discovery) {
        prepare(discovery);
        Traffic traffic = new Traffic(
                client(discovery, Service.ORDER.serviceName()), new OrderMix(new SplittableRandom()), terminal::say);
        begun = System.nanoTime();
        try {
            traffic.run(rate, duration, () -> show(traffic.tally()));
        } finally {
            terminal.print(traffic.tally().after(since(begun)));
        }
        return traffic.tally().isClean() ? 0 : 1;
    }

    /** Creates the coupons; the services may still be starting. */
    private void prepare(Discovery discovery) {
        String admin = adminToken.map(Tokens::in).orElseGet(() -> new Tokens(workspace).read(Tokens.ADMIN));
        Coupons coupons = new Coupons(client(discovery, Service.COUPON.serviceName()), admin);
        while (true) {
            try {
                coupons.create();
                if (discovery.pick(Service.ORDER.serviceName()).isPresent()) {
                    return;
                }
                throw new CommandFailure("no order-service is passing in Consul");
            } catch (RuntimeException e) {
                if (since(begun).compareTo(STARTING) > 0) {
                    throw new CommandFailure("no traffic: " + e.getMessage(), e);
                }
                terminal.progress("waiting for the services: " + e.getMessage());
                Pause.of(Duration.ofMillis(250));
            }
        }
    }

    private void show(Tally tally) {
        answeredFile.ifPresent(file -> note(tally, file));
        terminal.progress(tally.after(since(begun)));
        if (!terminal.interactive() && since(shown).compareTo(LOGGED) > 0) {
            shown = System.nanoTime();
            terminal.print(tally.after(since(begun)));
        }
    }

    /** Writes at most once a second. */
    private void note(Tally tally, Path file) {
        long now = Instant.now().getEpochSecond();
        if (tally.answered() > noted && now > notedAt) {
            noted = tally.answered();
            notedAt = now;
            try {
                Files.writeString(file, Long.toString(now));
            } catch (IOException e) {
                throw new CommandFailure("cannot write " + file + ": " + e.getMessage(), e);
            }
        }
    }

    private static Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }

    private static Http1Client client(Discovery discovery, String service) {
        return Http1Client.builder()
                .baseUri("http://" + service)
                .connectTimeout(Duration.ofSeconds(2))
                .readTimeout(Duration.ofSeconds(15))
                .addService(discovery.clientService())
                .build();
    }

    static final class RateParser implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            if (!text.matches("\\d{1,4}(\\.\\d+)?")
                    || Double.parseDouble(text) < 0.1
                    || Double.parseDouble(text) > 5000) {
                throw new TypeConversionException("'" + text + "' is not a rate (expected: 0.1 to 5000 a second)");
            }
            return Double.valueOf(text);
        }
    }
}
