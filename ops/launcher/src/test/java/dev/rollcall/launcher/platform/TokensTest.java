package dev.rollcall.launcher.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.launcher.testing.Checkout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokensTest {

    @TempDir
    Path state = Path.of("");

    @Test
    void writesFilesThatOnlyTheirOwnerReads() throws Exception {
        Workspace workspace = new Checkout(state).workspace();

        new Tokens(workspace).create();
        new Tokens(workspace).create(Tokens.DATABASE);

        for (String name : new String[] {
            "admin", "service", "relay", "database", "prometheus", "robot-token", "robot-secret", "phone"
        }) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(workspace.token(name))))
                    .isEqualTo("rw-------");
            assertThat(Files.readString(workspace.token(name)).strip()).hasSizeGreaterThanOrEqualTo(40);
        }
    }

    @Test
    void keepsWhatIsThere() {
        Tokens tokens = new Tokens(new Checkout(state).workspace());
        tokens.create();
        String admin = tokens.read(Tokens.ADMIN);

        tokens.create();

        assertThat(tokens.read(Tokens.ADMIN)).isEqualTo(admin).isNotEqualTo(tokens.read(Tokens.SERVICE));
    }

    @Test
    void letsServicesAcceptWhatPrometheusShowsWhileMetricsAreProtected() throws Exception {
        Workspace workspace = new Checkout(state).workspace();
        Tokens tokens = new Tokens(workspace);
        assertThat(tokens.areMetricsProtected()).isFalse();

        tokens.protectMetrics(true);
        assertThat(tokens.areMetricsProtected()).isTrue();
        assertThat(tokens.read(Tokens.METRICS)).isEqualTo(tokens.read(Tokens.PROMETHEUS));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(workspace.token("metrics"))))
                .isEqualTo("rw-------");

        // in the middle of a rotation
        Files.writeString(workspace.token("metrics"), "new\nold\n");
        tokens.protectMetrics(true);
        assertThat(workspace.token("metrics")).hasContent("new\nold\n");

        tokens.protectMetrics(false);
        assertThat(tokens.areMetricsProtected()).isFalse();
    }
}
