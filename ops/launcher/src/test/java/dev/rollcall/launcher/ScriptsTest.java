package dev.rollcall.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.launcher.platform.Exec;
import dev.rollcall.launcher.platform.Workspace;
import dev.rollcall.launcher.testing.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The two shell scripts, in a checkout without other files and with only a test's programs on PATH. */
class ScriptsTest {

    private static final String[] BASICS = {
        "sh",
        "readlink",
        "dirname",
        "basename",
        "mkdir",
        "flock",
        "mktemp",
        "rm",
        "sed",
        "ln",
        "mv",
        "head",
        "grep",
        "find",
        "touch",
        "env"
    };

    @TempDir
    Path home = Path.of("");

    private Path path = home;

    @BeforeEach
    void place() throws IOException {
        path = Files.createDirectory(home.resolve("path"));
        Files.createDirectory(home.resolve("ops"));
        for (String script : new String[] {"tools", "rollcall"}) {
            String text = Files.readString(Path.of("../" + script));
            executable(
                    home.resolve("ops").resolve(script),
                    text.replace("/usr/lib/jvm", home.resolve("jvm").toString()));
        }
        for (String basic : BASICS) {
            Files.createSymbolicLink(
                    path.resolve(basic),
                    Stream.of("/usr/bin", "/bin")
                            .map(folder -> Path.of(folder, basic))
                            .filter(Files::exists)
                            .findFirst()
                            .orElseThrow());
        }
    }

    @Test
    void takesToolsFromPathIfTheySuit() throws IOException {
        Workspace workspace = new Checkout(home).workspace();
        for (String tool :
                new String[] {"consul", "prometheus", "promtool", "node_exporter", "alertmanager", "amtool"}) {
            Files.createSymbolicLink(path.resolve(tool), workspace.tool(tool).toRealPath());
        }

        Exec run = run("ops/tools");

        assertThat(run.code()).as(run.output()).isZero();
        assertThat(home.resolve(".rollcall/tools/bin/consul").toRealPath())
                .isEqualTo(workspace.tool("consul").toRealPath());
        assertThat(Exec.run(home.resolve(".rollcall/tools/bin/promtool"), "--version")
                        .code())
                .isZero();
        assertThat(run("ops/tools")).isEqualTo(new Exec(0, ""));
    }

    @Test
    void passesOverAToolThatIsTooOldAndSaysWhatToInstall() throws IOException {
        program("consul", "echo 'Consul v1.7.14'");

        assertThat(run("ops/tools", "consul")).isEqualTo(new Exec(1, """
                tools: consul: %s/consul is not suitable: Consul 1.8 or later is needed
                tools: consul is missing and cannot be fetched without apt-get; install Consul 1.8 or later so that it is on PATH
                """.formatted(path)));
    }

    @Test
    void passesOverAPrometheusThatDoesNotKnowConsul() throws IOException {
        program("prometheus", "echo 'prometheus, version 2.42.0'");
        program("promtool", "[ $1 = --version ] && echo 'promtool, version 2.42.0'");

        assertThat(run("ops/tools", "prometheus").output())
                .contains("is not suitable: prometheus with consul_sd_configs is needed");
    }

    @Test
    void doesNotKnowEveryTool() {
        assertThat(run("ops/tools", "grafana")).isEqualTo(new Exec(2, """
                tools: unknown tool 'grafana' (expected: consul, prometheus, promtool, node_exporter, alertmanager, amtool, promtool3, chromium, postgres, initdb, pg_test_fsync, docker-compose)
                """));
    }

    @Test
    void saysThatThereIsNoJdk() throws IOException {
        jdk("jdk", 17);

        assertThat(run("ops/rollcall", "status")).isEqualTo(new Exec(1, """
                ops/rollcall: no JDK 21 or later found (JAVA_HOME, PATH, %s, ~/.sdkman, ~/.jdks): install one
                """.formatted(home.resolve("jvm"))));
    }

    @Test
    void findsAJdkBesideADefaultThatIsTooOld() throws IOException {
        jdk("jdk", 17);
        jdk("jvm/temurin-25", 25);
        built();

        assertThat(run("ops/rollcall", "status").output()).startsWith("jvm/temurin-25 runs ");
    }

    @Test
    void runsTheBuiltProgramFromAnyDirectory() throws IOException {
        jdk("jdk", 21);
        Path link = Files.createSymbolicLink(home.resolve("elsewhere"), home.resolve("ops/rollcall"));
        built();

        Exec run = Exec.run("env", "-i", "PATH=" + path, "JAVA_HOME=" + home.resolve("jdk"), link, "status", "--json");

        assertThat(run.output().strip())
                .endsWith("-Drollcall.interactive=false -jar %s/ops/launcher/target/launcher.jar status --json"
                        .formatted(home))
                .contains("-Drollcall.home=" + home);
    }

    @Test
    void buildsOnceAndAgainWhenASourceChanged() throws IOException {
        jdk("jdk", 21);
        program(
                "mvn",
                "echo built >>%s/builds; for m in coupon-service order-service ops/stand-ins ops/alert-relay ops/console ops/launcher; do"
                                .formatted(home)
                        + " mkdir -p $m/target; touch $m/target/${m##*/}.jar; done");
        for (String module : new String[] {
            "discovery",
            "ops/chassis",
            "coupon-service",
            "order-service",
            "ops/roll-call",
            "ops/stand-ins",
            "ops/alert-relay",
            "ops/console",
            "ops/launcher"
        }) {
            Files.createDirectories(home.resolve(module).resolve("src/main"));
            Files.writeString(home.resolve(module).resolve("pom.xml"), "");
        }
        Files.writeString(home.resolve("pom.xml"), "");

        assertThat(run("ops/rollcall", "up").output()).contains("ops/rollcall: building");
        assertThat(run("ops/rollcall", "up").output()).doesNotContain("building");
        Files.writeString(home.resolve("discovery/src/main/New.java"), "");
        assertThat(run("ops/rollcall", "up").output()).contains("ops/rollcall: building");

        assertThat(home.resolve("builds")).hasContent("built\nbuilt");
    }

    @Test
    void saysWhyTheBuildFailed() throws IOException {
        jdk("jdk", 21);
        program("mvn", "echo '[ERROR] COMPILATION ERROR :'; echo '[ERROR] Main.java:[3,1] no'; exit 1");

        assertThat(run("ops/rollcall", "up")).isEqualTo(new Exec(1, """
                ops/rollcall: building (the first time, Maven also fetches libraries)
                ops/rollcall: the build failed: Main.java:[3,1] no (all of it: %s/.rollcall/build.log)
                """.formatted(home)));
    }

    @Test
    void saysThatMavenIsMissing() throws IOException {
        jdk("jdk", 21);

        assertThat(run("ops/rollcall", "up")).isEqualTo(new Exec(1, """
                ops/rollcall: Maven is missing: install it (Debian: apt install maven)
                """));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // 下载 as bytes, in case the locale of the tests cannot encode it
                "\\344\\270\\213\\350\\275\\275",
                "a b  c",
                "it'\\''s",
                "\"$HOME\" `x`",
                "#%%&;*[x]?"
            })
    void runsInAFolderOfAnyName(String folder) throws IOException {
        Exec run = inFolder(folder, "exec \"$folder/ops/rollcall\" status");

        assertThat(run).isEqualTo(new Exec(1, "ops/rollcall: nothing is running: ops/rollcall up starts it\n"));
    }

    @Test
    void namesTheLocaleThatCannotNameTheFolder() throws IOException {
        Exec run = inFolder(
                "\\344\\270\\213",
                "LC_ALL=C exec \"$JAVA_HOME/bin/java\" -Drollcall.home=\"$folder\" -jar \"$jar\" status");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.output())
                .startsWith("ops/rollcall: the locale's charset, ANSI_X3.4-1968, cannot encode")
                .hasLineCount(1)
                .contains("set LC_ALL=C.UTF-8");
    }

    /** Runs a shell line without a locale, next to copies of the script and the launcher in a folder of this name. */
    private Exec inFolder(String folder, String line) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Launcher.class.getName());
        manifest.getMainAttributes()
                .put(
                        Attributes.Name.CLASS_PATH,
                        Stream.of(System.getProperty("java.class.path").split(":", -1))
                                .map(entry -> Path.of(entry).toUri().toString())
                                .collect(Collectors.joining(" ")));
        Path jar = home.resolve("launcher.jar");
        try (var written = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            written.finish();
        }
        return Exec.run(
                "env",
                "-i",
                "PATH=" + System.getenv("PATH"),
                "ROLLCALL_ENGINE=local",
                "home=" + home,
                "jar=" + jar,
                "JAVA_HOME=" + System.getProperty("java.home"),
                "sh",
                "-c",
                """
                folder="$home/$(printf '%s')"
                mkdir -p "$folder/ops/launcher/target"
                cp "$home/ops/rollcall" "$folder/ops/rollcall"
                cp "$jar" "$folder/ops/launcher/target/launcher.jar"
                %s
                """.formatted(folder, line));
    }

    @Test
    void runFromACheckoutThatWouldConvertLineEndsAndHidesFilesFromOthers() throws IOException {
        Path checkout = Path.of(System.getProperty("rollcall.home"));
        Path origin = home.resolve("origin");
        Files.createDirectories(origin.resolve("ops/docker"));
        Files.copy(checkout.resolve(".gitattributes"), origin.resolve(".gitattributes"));
        List<Path> scripts = new ArrayList<>();
        for (String folder : new String[] {"ops", "ops/docker"}) {
            try (Stream<Path> files = Files.list(checkout.resolve(folder))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Path copy = origin.resolve(folder).resolve(file.getFileName());
                    Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
                    scripts.add(Path.of(folder).resolve(file.getFileName()));
                }
            }
        }

        Exec cloned = Exec.run("sh", "-ec", """
                cd "$1"/origin
                git init -q .
                git -c core.autocrlf=false add .
                git -c user.name=a -c user.email=a@localhost commit -q -m a
                umask 077
                git clone -q -c core.autocrlf=true . ../clone
                """, "sh", home);
        assertThat(cloned.code()).as(cloned.output()).isZero();

        Path clone = home.resolve("clone");
        for (Path script : scripts) {
            String text = Files.readString(clone.resolve(script));
            assertThat(text).as(script.toString()).doesNotContain("\r");
            if (text.startsWith("#!")) {
                Exec parsed = Exec.run(text.substring(2, text.indexOf('\n')), "-n", clone.resolve(script));
                assertThat(parsed.code()).as(parsed.output()).isZero();
            }
        }
        assertThat(Exec.run(clone.resolve("ops/tools"), "grafana").output())
                .startsWith("tools: unknown tool 'grafana'");
    }

    private Exec run(String script, String... arguments) {
        return Exec.run(Stream.concat(
                        Stream.of(
                                "env", "-i", "PATH=" + path, "JAVA_HOME=" + home.resolve("jdk"), home.resolve(script)),
                        Arrays.stream(arguments))
                .toArray());
    }

    /** A JDK whose java prints its arguments. */
    private void jdk(String folder, int release) throws IOException {
        Path jdk = home.resolve(folder);
        Files.createDirectories(jdk.resolve("bin"));
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"%d.0.1\"\n".formatted(release));
        executable(jdk.resolve("bin/java"), "#!/bin/sh\necho %s runs \"$@\"".formatted(folder));
    }

    private void built() throws IOException {
        Files.createDirectories(home.resolve("ops/launcher/target"));
        Files.writeString(home.resolve("ops/launcher/target/launcher.jar"), "");
    }

    private void program(String name, String body) throws IOException {
        executable(path.resolve(name), "#!/bin/sh\n" + body + "\n");
    }

    private static void executable(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
