package dev.rollcall.launcher.engine;

import dev.rollcall.launcher.logs.LogEntry;
import dev.rollcall.launcher.logs.LogParser;
import dev.rollcall.launcher.platform.CommandFailure;
import dev.rollcall.launcher.platform.Exec;
import dev.rollcall.launcher.platform.Port;
import dev.rollcall.launcher.platform.Ports;
import dev.rollcall.launcher.platform.Service;
import dev.rollcall.launcher.platform.Terminal;
import dev.rollcall.launcher.platform.Workspace;
import dev.rollcall.rollcall.NoAnswer;
import dev.rollcall.rollcall.Part;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Runs the platform in the containers of {@code ops/compose.yaml}. Asks Docker each time what runs, so that it also
 * works for a platform that {@code docker compose} started.
 */
public final class DockerEngine implements Engine {

    /** How long a service may take to stop, in seconds, like {@code stop_grace_period}. */
    private static final String GRACE = "30";

    /** By published port, the service and container port behind it. */
    private static final Map<Port, Map.Entry<String, Integer>> PUBLISHED = Map.of(
            Port.CONSOLE, Map.entry("console", 8080),
            Port.ORDER, Map.entry("entry", 8081),
            Port.CONSUL, Map.entry("consul", 8500),
            Port.PROMETHEUS, Map.entry("prometheus", 9090),
            Port.ALERTMANAGER, Map.entry("alertmanager", 9093),
            Port.RELAY, Map.entry("alert-relay", 8060),
            Port.MAIL, Map.entry("mail", 8025),
            Port.GRAFANA, Map.entry("grafana", 3000),
            Port.OUTBOX, Map.entry("stand-ins", 8061));

    private final Terminal terminal;
    private final Docker docker;

    public DockerEngine(Workspace workspace, Terminal terminal) {
        this.terminal = terminal;
        this.docker = new Docker(workspace);
    }

    /** Whether Docker can run the platform. If an engine answers but Compose is missing, prints that. */
    public boolean isThere() {
        if (!docker.answers()) {
            return false;
        }
        if (docker.composeProgram().isEmpty()) {
            terminal.say(
                    "Docker answers, but Docker Compose 2 is missing: starting the parts as processes on this machine");
            return false;
        }
        return true;
    }

    /**
     * Starts parts that aren't running and waits until the roll call is complete.
     *
     * @param chosen overrides ports with the user's choice
     * @return the names of the parts that were started
     */
    public List<String> up(UnaryOperator<Ports> chosen) {
        if (!docker.answers()) {
            throw new CommandFailure("no Docker engine answers: start one, or use --engine local");
        }
        List<Container> before = containers();
        Ports ports = before.isEmpty() ? chosen.apply(Ports.DEFAULTS) : ports(before);
        if (!chosen.apply(ports).equals(ports)) {
            throw new CommandFailure("the platform is running on other ports: ops/rollcall down first");
        }
        List<String> up = new ArrayList<>(List.of("up", "--detach"));
        // running containers stay unchanged, and their number too
        up.add(before.isEmpty() ? "--build" : "--no-recreate");
        if (!before.isEmpty()) {
            up.addAll(asMany(Service.COUPON, before));
            up.addAll(asMany(Service.ORDER, before));
        }
        show(ports, up);
        try (RollCallWaiter caller = new RollCallWaiter(this, terminal)) {
            caller.awaitComplete();
        }
        List<String> ran = before.stream()
                .filter(Container::isAlive)
                .map(Container::part)
                .map(Part::name)
                .toList();
        return names(containers()).stream().filter(name -> !ran.contains(name)).toList();
    }

    /**
     * Runs a launcher command in a container on the platform's network.
     *
     * @param command its name, which is also its service in compose.yaml
     * @return its exit code
     */
    public int within(String command, List<String> arguments) {
        List<String> run = new ArrayList<>(List.of("run", "--rm", "--no-deps"));
        if (!terminal.interactive()) {
            run.add("--no-TTY");
        }
        run.addAll(List.of(command, command));
        run.addAll(arguments);
        return docker.compose(ports(), run);
    }

    @Override
    public Deployment deployment() {
        List<Container> containers = containers();
        return new Deployment(
                ports(containers), containers.stream().map(Container::part).toList());
    }

    private static Ports ports(List<Container> containers) {
        Map<Port, Integer> ports = new EnumMap<>(Port.class);
        PUBLISHED.forEach((port, inside) -> containers.stream()
                .filter(container -> container.service().equals(inside.getKey()))
                .flatMap(container -> Optional.ofNullable(container.published().get(inside.getValue())).stream())
                .filter(number -> number != port.defaultNumber())
                .forEach(number -> ports.put(port, number)));
        return new Ports(ports);
    }

    @Override
    public int scale(Service service, int count) {
        List<Container> before = containers(service);
        scaleTo(service, count);
        List<String> after = names(containers(service));
        List<String> left =
                names(before).stream().filter(name -> !after.contains(name)).toList();
        try (RollCallWaiter caller = new RollCallWaiter(this, terminal)) {
            caller.awaitPresent(after);
            before.stream()
                    .filter(container -> !container.isAlive()
                            && left.contains(container.part().name()))
                    .forEach(gone -> caller.forget(gone.part().name()));
            caller.awaitGone(left);
        }
        return (int) before.stream().filter(Container::isAlive).count();
    }

    @Override
    public List<String> redeploy(Service service) {
        List<Container> old = containers(service);
        show(ports(), List.of("build", service.serviceName()));
        try (RollCallWaiter caller = new RollCallWaiter(this, terminal)) {
            for (Container container : old) {
                scaleTo(service, old.size() + 1);
                caller.awaitPresent(names(containers(service)));
                leave(container, caller);
            }
        }
        return names(containers(service));
    }

    @Override
    public String stop(String name) {
        Container container = container(name);
        if (container.part().isInstance()) {
            try (RollCallWaiter caller = new RollCallWaiter(this, terminal)) {
                leave(container, caller);
            }
        } else {
            docker.output("docker", "stop", "--time", GRACE, container.id());
        }
        return name;
    }

    @Override
    public String kill(String name) {
        Container container = container(name);
        if (!container.isAlive()) {
            throw new CommandFailure(name + " is gone already: ops/rollcall up starts it again");
        }
        docker.output("docker", "kill", container.id());
        return name;
    }

    @Override
    public void log(String name, boolean follow) {
        String id = container(name).id();
        Exec.show(Map.of(), follow ? List.of("docker", "logs", "--follow", id) : List.of("docker", "logs", id));
    }

    @Override
    public List<LogEntry> logEntries(String name) {
        List<String> parts = deployment().parts().stream()
                .filter(part -> name.isEmpty() || part.service().equals(name))
                .map(Part::name)
                .toList();
        List<LogEntry> entries = new ArrayList<>();
        for (String part : parts.isEmpty() ? List.of(name) : parts) {
            String said = Exec.run("docker", "logs", container(part).id()).output();
            entries.addAll(LogParser.parse(part, said.lines(), ZoneOffset.UTC));
        }
        return entries;
    }

    @Override
    public String lastLogLine(String name) {
        String id = container(name).id();
        String said = Exec.run("docker", "logs", "--tail", "1", id).output().strip();
        return "%s (all of it: ops/rollcall logs %s)".formatted(said.isEmpty() ? "it printed nothing" : said, name);
    }

    @Override
    public void deregister(String id) throws NoAnswer {
        // the agent requires the management token, which only the acl service mounts
        Exec exec = docker.composed(
                ports(),
                List.of(
                        "run",
                        "--rm",
                        "--no-deps",
                        "--no-TTY",
                        "--entrypoint",
                        "/bin/sh",
                        "acl",
                        "-c",
                        // anyone may register with any id: pass it as an argument, never inside the script
                        "CONSUL_HTTP_TOKEN=$(cat /secrets/management/token) exec consul services deregister -id=\"$1\"",
                        "sh",
                        id));
        if (exec.code() != 0) {
            throw new NoAnswer(exec.output().lines().reduce("", (before, line) -> line));
        }
    }

    @Override
    public List<String> down() {
        List<Container> containers = containers();
        List<String> alive =
                names(containers.stream().filter(Container::isAlive).toList());
        if (!containers.isEmpty()) {
            // all profiles: the ones in use are unknown
            show(ports(containers), List.of("--profile", "*", "down", "--remove-orphans", "--timeout", GRACE));
        }
        return alive;
    }

    @Override
    public void purge() {
        if (docker.hasVolumes()) {
            show(Ports.DEFAULTS, List.of("--profile", "*", "down", "--volumes"));
        }
    }

    @Override
    public Optional<String> outbox() {
        Ports ports = ports();
        return Optional.of("http://%1$s:%2$d/ http://%1$s:%3$d/dingtalk http://%1$s:%3$d/phone"
                .formatted(Ports.HOST, ports.of(Port.MAIL), ports.of(Port.OUTBOX)));
    }

    @Override
    public String adminToken() {
        return "docker compose -f ops/compose.yaml exec coupon-service cat /run/secrets/admin";
    }

    private void leave(Container container, RollCallWaiter caller) {
        docker.output("docker", "stop", "--time", GRACE, container.id());
        docker.output("docker", "rm", container.id());
        String name = container.part().name();
        if (!container.isAlive()) {
            caller.forget(name);
        }
        caller.awaitGone(List.of(name));
    }

    /**
     * Scales a service. Without --no-deps, with which Compose would treat the new containers as different from its own.
     */
    private void scaleTo(Service service, int count) {
        List<String> up = new ArrayList<>(List.of("up", "--detach", "--no-build", "--no-recreate"));
        up.addAll(List.of("--scale", service.serviceName() + "=" + count));
        if (service == Service.ORDER) {
            // Compose also looks at the dependency, which must stay unchanged
            up.addAll(asMany(Service.COUPON, containers()));
        }
        up.add(service.serviceName());
        show(ports(), up);
    }

    /** The options that keep the number of a service's containers. */
    private static List<String> asMany(Service service, List<Container> containers) {
        long count = containers.stream()
                .filter(container -> container.service().equals(service.serviceName()))
                .count();
        return List.of("--scale", service.serviceName() + "=" + count);
    }

    /** The containers that are not jobs. */
    private List<Container> containers() {
        return docker.containers().stream()
                .filter(container -> !container.isJob())
                .toList();
    }

    /** The containers of a service, oldest first. */
    private List<Container> containers(Service service) {
        return containers().stream()
                .filter(container -> container.service().equals(service.serviceName()))
                .toList();
    }

    private Container container(String name) {
        List<Container> containers = containers();
        return containers.stream()
                .filter(container -> container.part().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new CommandFailure("there is no part '%s' (expected: one of %s)"
                        .formatted(name, String.join(", ", names(containers)))));
    }

    private static List<String> names(List<Container> containers) {
        return containers.stream().map(container -> container.part().name()).toList();
    }

    /** Runs Compose on an interactive terminal; elsewhere reports only its error. */
    private void show(Ports ports, List<String> arguments) {
        if (terminal.interactive()) {
            if (docker.compose(ports, arguments) != 0) {
                throw new CommandFailure("docker compose " + String.join(" ", arguments) + " failed (see above)");
            }
            return;
        }
        Exec exec = docker.composed(ports, arguments);
        if (exec.code() != 0) {
            throw new CommandFailure("docker compose %s failed: %s"
                    .formatted(
                            String.join(" ", arguments),
                            exec.output()
                                    .lines()
                                    .filter(line -> !line.isBlank())
                                    .reduce("no error message", (before, line) -> line)));
        }
    }
}
