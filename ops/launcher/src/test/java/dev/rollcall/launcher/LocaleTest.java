package dev.rollcall.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.testing.ConsulAgent;
import dev.rollcall.launcher.platform.Workspace;
import dev.rollcall.launcher.testing.Checkout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** URLs, JSON and text are the same in every locale. */
class LocaleTest {

    private static final ConsulAgent CONSUL = ConsulAgent.start();

    @TempDir
    Path folder = Path.of("");

    @BeforeAll
    static void register() {
        CONSUL.http().put("/v1/agent/service/register", """
                {"Name": "gin", "ID": "gin-1", "Address": "127.0.0.1", "Port": %s, "Tags": ["metrics"],
                 "Meta": {"metrics_path": "/v1/status/leader"}}""".formatted(
                        Integer.toString(CONSUL.url().getPort())));
    }

    @AfterAll
    static void stop() {
        CONSUL.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ar-EG", "fa-IR", "tr-TR"})
    void changesNothingOfWhatADoctorSays(String language) throws Exception {
        List<String> doctor =
                List.of("doctor", "--consul", CONSUL.url().toString(), "--prometheus", "http://127.0.0.1:1");

        String usual = run("en-US", doctor);
        assertThat(usual)
                .contains("platform: Prometheus does not answer: nothing listens at http://127.0.0.1:1")
                .contains("its metrics cannot be parsed");
        assertThat(run(language, doctor)).isEqualTo(usual);
    }

    @Test
    void changesNothingOfWhatIsWrittenForPrograms() throws Exception {
        List<String> doctor =
                List.of("doctor", "--json", "--consul", CONSUL.url().toString(), "--prometheus", "http://127.0.0.1:1");

        assertThat(run("ar-EG", doctor).replaceFirst("\"at\" : .*", ""))
                .isEqualTo(run("en-US", doctor).replaceFirst("\"at\" : .*", ""))
                .startsWith("{");
    }

    /** Runs a command in a separate process, like {@code ops/rollcall}. */
    private String run(String language, List<String> arguments) throws IOException {
        Locale locale = Locale.forLanguageTag(language);
        Workspace workspace = new Checkout(folder).workspace();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Duser.language=" + locale.getLanguage(),
                "-Duser.country=" + locale.getCountry(),
                "-Drollcall.home=" + workspace.home(),
                "-Drollcall.state=" + workspace.state(),
                "-cp",
                System.getProperty("java.class.path"),
                Launcher.class.getName()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }
}
