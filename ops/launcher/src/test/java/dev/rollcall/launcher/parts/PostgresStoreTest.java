package dev.rollcall.launcher.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.launcher.platform.CommandFailure;
import dev.rollcall.launcher.platform.Ports;
import dev.rollcall.launcher.platform.Tokens;
import dev.rollcall.launcher.platform.Workspace;
import dev.rollcall.launcher.process.PartProcess;
import dev.rollcall.launcher.process.Pid;
import dev.rollcall.launcher.process.PortPlan;
import dev.rollcall.launcher.testing.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresStoreTest {

    private static final List<String> SERVICES = List.of("order-service", "coupon-service");

    private final Ports ports = PortPlan.anyFree();

    @TempDir
    Path state = Path.of("");

    private Workspace workspace = new Checkout(state).workspace();
    private Store store = Store.of(workspace, ports);
    private PartProcess server = new PartProcess("store", "", 0, Pid.of(0));

    @BeforeEach
    void start() throws IOException {
        // for root, PostgreSQL runs as user nobody, who needs access to the folder
        Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwxr-xr-x"));
        workspace = new Checkout(state).workspace();
        Store.choose(workspace, Store.Kind.POSTGRESQL);
        store = Store.of(workspace, ports);
        store.prepare();
        serve();
    }

    @AfterEach
    void stop() {
        server.process().kill();
        assertThat(server.process().awaitEnd(Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void servesItsDatabasesToWhoHasThePassword() throws Exception {
        for (String service : SERVICES) {
            try (Connection connection = connect(service)) {
                assertThat(connection.createStatement().execute("create table t (id int primary key)"))
                        .isFalse();
            }
        }
        assertThatThrownBy(() -> DriverManager.getConnection(store.url("order-service"), Store.USER, "guess"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed");
    }

    @Test
    void losesNothingWhenItIsKilledAndStartedAgain() throws Exception {
        try (Connection connection = connect("order-service")) {
            connection.createStatement().execute("create table kept as select 42 as id");
        }
        stop();

        store.prepare();
        serve();

        try (Connection connection = connect("order-service");
                var rows = connection.createStatement().executeQuery("select id from kept")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(42);
        }
    }

    @Test
    void keepsToTheKindThatHasTheData() {
        assertThatThrownBy(() -> Store.choose(workspace, Store.Kind.H2))
                .isInstanceOf(CommandFailure.class)
                .hasMessage("the data is in POSTGRESQL, not in H2: delete it with ops/rollcall down --purge first");
        assertThat(Store.of(workspace, ports)).isInstanceOf(PostgresStore.class);
    }

    @Test
    void leavesNoPasswordBehind() {
        assertThat(state.resolve(Store.Kind.POSTGRESQL.folder()).resolve("password"))
                .doesNotExist();
    }

    /** Retries, because after a SIGKILL PostgreSQL refuses to start while one of its old processes lingers. */
    private void serve() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    if (!server.isAlive()) {
                        server = store.program().start(workspace);
                    }
                    try {
                        connect("order-service").close();
                        return true;
                    } catch (SQLException e) {
                        return false;
                    }
                });
    }

    private Connection connect(String service) throws SQLException {
        return DriverManager.getConnection(store.url(service), Store.USER, new Tokens(workspace).read(Tokens.DATABASE));
    }
}
