package dev.rollcall.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.launcher.platform.Exec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Checks of {@code ops/compose.yaml} that need no engine; {@code ops/docker/test} runs it. */
class ComposeTest {

    private static final Path HOME = Path.of(System.getProperty("rollcall.home"));
    private static final Map<?, ?> COMPOSE = compose();

    @TempDir
    Path folder = Path.of("");

    @Test
    void namesEachImageInOnePlaceByItsFullNameAndVersion() throws IOException {
        Map<?, ?> images = map(COMPOSE.get("x-images"));

        assertThat(images.values())
                .map(String::valueOf)
                .allMatch(image -> image.matches("[a-z]+\\.[a-z]+/[a-z/-]+:[^:]*\\d[^:]*"));
        assertThat(images())
                .allMatch(
                        image -> images.containsValue(image) || image.contains("rollcall/"), "is of x-images, or ours");
        assertThat(Files.readAllLines(HOME.resolve("ops/Dockerfile")))
                .filteredOn(line -> line.startsWith("FROM"))
                .allMatch(line -> line.startsWith("FROM ${"));
        assertThat(HOME.resolve("discovery/src/test/java/dev/rollcall/discovery/testing/ContainerConsul.java"))
                .content()
                .contains('"' + String.valueOf(images.get("consul")).replace("docker.io/", "") + '"');
    }

    @Test
    void buildsEachImageOnce() {
        assertThat(services().values().stream()
                        .filter(service -> service.containsKey("build"))
                        .map(service -> String.valueOf(service.get("image"))))
                .hasSize(6)
                .doesNotHaveDuplicates();
    }

    @Test
    void limitsAllThatRunsToWhatReadmeSays() throws IOException {
        int total = running()
                .mapToInt(service -> instances(service)
                        * Integer.parseInt(
                                String.valueOf(service.get("mem_limit")).replaceFirst("m$", "")))
                .sum();

        assertThat(HOME.resolve("ops/README.md")).content().contains("(%,d MiB in total)".formatted(total));
    }

    @Test
    void relabelsItsOwnMountsForSelinuxAndNoOthers() {
        List<String> mounts = mounts();

        assertThat(mounts)
                .filteredOn(mount -> mount.startsWith("./"))
                .hasSizeGreaterThan(15)
                .allMatch(mount -> mount.endsWith(":ro,z"));
        assertThat(mounts).filteredOn(mount -> !mount.startsWith("./")).noneMatch(mount -> mount.matches(".*:(ro,)?z"));
    }

    @Test
    void looksAtEachFileItMountsBeforeAnythingStarts() {
        List<String> looked = mountsOf(map(services().get("secrets")))
                .map(ComposeTest::source)
                .toList();

        assertThat(mounts())
                .filteredOn(mount -> mount.startsWith("./"))
                .map(ComposeTest::source)
                .allMatch(source -> looked.stream().anyMatch(Path.of(source)::startsWith), "is looked at");
    }

    @Test
    void saysWhichFileTheContainersCannotRead() throws IOException {
        Path ops = permit(Files.createDirectory(folder.resolve("ops")), "rwxr-xr-x");
        Path docker = permit(Files.createDirectory(ops.resolve("docker")), "rwxr-xr-x");
        Path script = permit(Files.writeString(docker.resolve("secrets.sh"), "echo made"), "rw-r--r--");
        assertThat(preflight(ops)).isEqualTo(new Exec(0, "made\n"));

        permit(script, "rw-------");
        assertThat(preflight(ops)).isEqualTo(new Exec(1, hidden(script)));

        permit(script, "rw-r--r--");
        permit(docker, "rwx------");
        assertThat(preflight(ops)).isEqualTo(new Exec(1, hidden(docker)));
    }

    /** Runs the lines of compose.yaml on this folder instead of {@code /ops}. */
    private static Exec preflight(Path ops) {
        return Exec.run(
                "/bin/sh",
                "-c",
                inShell(list(map(services().get("secrets")).get("entrypoint")).get(2))
                        .replace("/ops", ops.toString()));
    }

    private static String hidden(Path file) {
        return "%s can't be read by the containers' users (a checkout under umask 077?): chmod -R go+rX ops%n"
                .formatted(file.toString().substring(1));
    }

    private static Path permit(Path file, String permissions) throws IOException {
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    static Stream<String> shellChecks() {
        return running()
                .map(service -> list(map(service.get("healthcheck")).get("test")))
                .map(test -> inShell(test.get(test.size() - 1)))
                .filter(command -> command.contains(" ") && !command.startsWith("http"))
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("shellChecks")
    void hasNoHealthCheckThatCannotFail(String command) {
        assertThat(Exec.run("/bin/bash", "-c", nowhere(command)).code()).isNotZero();
    }

    @Test
    void checksTrafficByItsLastAnswer() throws IOException {
        String check = shellChecks()
                .filter(command -> command.contains("answered"))
                .map(this::nowhere)
                .findFirst()
                .orElseThrow();
        Path answered = folder.resolve("answered");
        long now = Instant.now().getEpochSecond();

        Files.writeString(answered, Long.toString(now));
        assertThat(Exec.run("/bin/bash", "-c", check).code()).isZero();

        Files.writeString(answered, Long.toString(now - 61));
        assertThat(Exec.run("/bin/bash", "-c", check).code()).isNotZero();
    }

    @Test
    void checksTheHealthOfAllThatKeepsRunning() {
        assertThat(running()).allMatch(service -> service.containsKey("healthcheck"));
    }

    @Test
    void trainsTheCacheWithTheOptionsItIsUsedWith() throws IOException {
        for (String script : List.of("run", "train")) {
            assertThat(HOME.resolve("ops/docker").resolve(script))
                    .content()
                    .contains("java @/app/jvm-options -XX:AOTCache")
                    .doesNotContainPattern("-X(ms|mx|ss|X:(?!AOTCache))");
        }
        assertThat(HOME.resolve("ops/docker/jvm-options")).content().contains("-Xmx", "GC\n");
    }

    /** The check with its address replaced by one where nothing listens. */
    private String nowhere(String command) {
        return command.replaceAll("127\\.0\\.0\\.1([:/])\\d+", "127.0.0.1$11").replace("/tmp/", folder + "/");
    }

    private static String inShell(@Nullable Object text) {
        return String.valueOf(text).replace("$$", "$");
    }

    /** The services that run permanently, except those of profiles. */
    private static Stream<Map<?, ?>> running() {
        return services().values().stream()
                .filter(service -> !service.containsKey("profiles") && !"no".equals(service.get("restart")));
    }

    private static int instances(Map<?, ?> service) {
        return service.get("scale") instanceof Integer count ? count : 1;
    }

    private static Stream<String> images() {
        return services().values().stream().map(service -> String.valueOf(service.get("image")));
    }

    private static List<String> mounts() {
        return services().values().stream()
                .flatMap(ComposeTest::mountsOf)
                .distinct()
                .toList();
    }

    private static Stream<String> mountsOf(Map<?, ?> service) {
        return service.containsKey("volumes")
                ? list(service.get("volumes")).stream().map(String::valueOf)
                : Stream.empty();
    }

    private static String source(String mount) {
        return mount.substring(0, mount.indexOf(':'));
    }

    private static Map<String, Map<?, ?>> services() {
        return map(COMPOSE.get("services")).entrySet().stream()
                .collect(Collectors.toMap(entry -> String.valueOf(entry.getKey()), entry -> map(entry.getValue())));
    }

    private static Map<?, ?> compose() {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(1000);
        try {
            return map(new Yaml(new SafeConstructor(options)).load(Files.readString(HOME.resolve("ops/compose.yaml"))));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<?, ?> map(@Nullable Object value) {
        assertThat(value).isInstanceOf(Map.class);
        return (Map<?, ?>) Objects.requireNonNull(value);
    }

    private static List<?> list(@Nullable Object value) {
        assertThat(value).isInstanceOf(List.class);
        return (List<?>) Objects.requireNonNull(value);
    }
}
