package dev.rollcall.launcher.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rollcall.launcher.platform.CommandFailure;
import dev.rollcall.launcher.platform.Exec;
import dev.rollcall.launcher.platform.Ports;
import dev.rollcall.launcher.platform.Workspace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Runs Docker's commands for the platform's Compose project. */
final class Docker {

    /** The timeout of calls to the engine, in seconds. */
    private static final String TIMEOUT = "5";

    private static final String PROJECT = "com.docker.compose.project=";

    private final Workspace workspace;
    private final String project;
    private Optional<List<String>> composeProgram = Optional.empty();

    Docker(Workspace workspace) {
        this.workspace = workspace;
        // Compose reads this variable too
        this.project =
                Optional.ofNullable(System.getenv("COMPOSE_PROJECT_NAME")).orElse("rollcall");
    }

    /** Whether an engine answers. */
    boolean answers() {
        return tried("timeout", TIMEOUT, "docker", "version", "--format", "{{.Server.Version}}")
                .isPresent();
    }

    /** The command of Compose 2 or later; empty if it is missing. */
    Optional<List<String>> composeProgram() {
        if (composeProgram.isEmpty()) {
            composeProgram = Stream.of(
                            List.of("docker", "compose"),
                            List.of("docker-compose"),
                            List.of(workspace.tool("docker-compose").toString()))
                    .filter(Docker::isSecondRelease)
                    .findFirst();
        }
        return composeProgram;
    }

    /**
     * The containers of the platform, including ended ones; none if no engine answers. Inspects them, because {@code docker
     * compose ps} omits the published ports of ended ones.
     */
    List<Container> containers() {
        Optional<Exec> listed = tried(
                "timeout",
                TIMEOUT,
                "docker",
                "ps",
                "--all",
                "--quiet",
                "--filter",
                "label=" + PROJECT + project,
                "--filter",
                "label=com.docker.compose.oneoff=False");
        List<String> ids = listed.stream().flatMap(it -> it.output().lines()).toList();
        if (ids.isEmpty()) {
            return List.of();
        }
        List<String> inspect = new ArrayList<>(List.of("timeout", TIMEOUT, "docker", "inspect"));
        inspect.addAll(ids);
        // the exit code is ignored: it is an error only for containers that were removed meanwhile
        return json(Exec.capture(inspect.toArray()).output())
                .valueStream()
                .map(Container::of)
                .sorted(Comparator.comparing(Container::service).thenComparingInt(Container::number))
                .toList();
    }

    /** Whether the project has volumes. */
    boolean hasVolumes() {
        return answers()
                && !output("docker", "volume", "ls", "--quiet", "--filter", "label=" + PROJECT + project)
                        .isBlank();
    }

    /** Runs a Docker command and returns its output; fails with its error message. */
    String output(Object... command) {
        Exec exec = Exec.run(command);
        if (exec.code() != 0) {
            throw new CommandFailure("%s %s failed: %s"
                    .formatted(
                            command[0],
                            command[1],
                            exec.output().lines().findFirst().orElse("no error message")));
        }
        return exec.output();
    }

    /** Runs Compose on this terminal, with these ports. */
    int compose(Ports ports, List<String> arguments) {
        return Exec.show(environment(ports), command(arguments));
    }

    /** Runs Compose with these ports and captures its output. */
    Exec composed(Ports ports, List<String> arguments) {
        return Exec.run(environment(ports), command(arguments));
    }

    private List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>(
                composeProgram()
                        .orElseThrow(
                                () -> new CommandFailure(
                                        "Docker Compose 2 is missing: install it (docker compose version shows whether it is installed)")));
        command.addAll(arguments);
        return command;
    }

    private Map<String, String> environment(Ports ports) {
        Map<String, String> environment = new TreeMap<>();
        environment.put("COMPOSE_PROJECT_NAME", project);
        if (System.getenv("COMPOSE_FILE") == null) {
            environment.put("COMPOSE_FILE", workspace.ops("compose.yaml").toString());
        }
        ports.chosen().forEach((port, number) -> environment.put(port.variable(), Integer.toString(number)));
        return environment;
    }

    private static boolean isSecondRelease(List<String> program) {
        List<Object> command = new ArrayList<>(program);
        command.addAll(List.of("version", "--short"));
        return tried(command.toArray())
                .filter(it -> it.output().strip().matches("v?([2-9]|\\d\\d+)\\..*"))
                .isPresent();
    }

    /** The output of a command; empty if it failed or does not exist. */
    private static Optional<Exec> tried(Object... command) {
        try {
            return Optional.of(Exec.capture(command)).filter(it -> it.code() == 0);
        } catch (CommandFailure e) {
            return Optional.empty();
        }
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new CommandFailure("docker inspect did not answer in JSON: " + e.getOriginalMessage(), e);
        }
    }
}
