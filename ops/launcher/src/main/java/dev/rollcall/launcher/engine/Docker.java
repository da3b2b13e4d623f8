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
import java.util.stream.StreamSupport;

/** Docker's own programs, for the one project that the platform is. */
final class Docker {

    /** How long an engine may take to say that it is there, in seconds. */
    private static final String PATIENCE = "5";

    private static final String PROJECT = "com.docker.compose.project=";

    private final Workspace workspace;
    private final String project;
    private Optional<List<String>> composeProgram = Optional.empty();

    Docker(Workspace workspace) {
        this.workspace = workspace;
        // what Compose goes by as well
        this.project =
                Optional.ofNullable(System.getenv("COMPOSE_PROJECT_NAME")).orElse("rollcall");
    }

    /** Whether an engine answers. */
    boolean answers() {
        return tried("timeout", PATIENCE, "docker", "version", "--format", "{{.Server.Version}}")
                .isPresent();
    }

    /** What brings a Compose of release 2 or later; empty if nothing does. */
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

    /** The containers of the platform, those that have ended too; none if no engine answers. */
    List<Container> containers() {
        Optional<Exec> listed = tried(
                "timeout",
                PATIENCE,
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
        List<String> inspect = new ArrayList<>(List.of("timeout", PATIENCE, "docker", "inspect"));
        inspect.addAll(ids);
        // one that goes away meanwhile is left out of the answer, and of the exit code nothing is learnt
        return StreamSupport.stream(
                        json(Exec.output(inspect.toArray()).output()).spliterator(), false)
                .map(Container::of)
                .sorted(Comparator.comparing(Container::service).thenComparingInt(Container::number))
                .toList();
    }

    /** Whether the project has kept data. */
    boolean hasVolumes() {
        return answers()
                && !output("docker", "volume", "ls", "--quiet", "--filter", "label=" + PROJECT + project)
                        .isBlank();
    }

    /** Runs a command of Docker, and fails with what it says if it does. */
    String output(Object... command) {
        Exec exec = Exec.output(command);
        if (exec.code() != 0) {
            throw new CommandFailure("%s %s failed: %s"
                    .formatted(
                            command[0],
                            command[1],
                            Exec.run(command).output().lines().findFirst().orElse("it doesn't say why")));
        }
        return exec.output();
    }

    /** Lets Compose do something to the platform, on these ports, and talk to its user itself. */
    int compose(Ports ports, List<String> arguments) {
        return Exec.show(environment(ports), command(arguments));
    }

    /** Lets Compose do something to the platform, and tells all that it said. */
    Exec composed(Ports ports, List<String> arguments) {
        return Exec.run(environment(ports), command(arguments));
    }

    private List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>(composeProgram()
                .orElseThrow(() -> new CommandFailure(
                        "Docker Compose 2 is missing: install it (docker compose version tells whether it is there)")));
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

    /** What a program printed; empty if it failed, or there is none. */
    private static Optional<Exec> tried(Object... command) {
        try {
            return Optional.of(Exec.output(command)).filter(it -> it.code() == 0);
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
