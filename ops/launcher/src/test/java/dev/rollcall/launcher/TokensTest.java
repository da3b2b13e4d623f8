package dev.rollcall.launcher;

import static org.assertj.core.api.Assertions.assertThat;

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

        for (String name : new String[] {"admin", "service", "relay", "database"}) {
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
}
