package dev.rollcall.launcher.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.launcher.platform.CommandFailure;
import dev.rollcall.launcher.platform.Port;
import dev.rollcall.launcher.platform.Ports;
import dev.rollcall.launcher.platform.Tokens;
import dev.rollcall.launcher.platform.Workspace;
import dev.rollcall.launcher.process.PartProcess;
import dev.rollcall.launcher.process.Pid;
import dev.rollcall.launcher.process.PortPlan;
import dev.rollcall.launcher.testing.Checkout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2StoreTest {

    private final Ports ports = PortPlan.anyFree();

    @TempDir
    Path state = Path.of("");

    private Workspace workspace = new Checkout(state).workspace();
    private Store store = Store.of(workspace, ports);
    private PartProcess server = new PartProcess("store", "", 0, Pid.of(0));

    @BeforeEach
    void start() {
        workspace = new Checkout(state).workspace();
        store = Store.of(workspace, ports);
        store.prepare();
        server = store.program().start(workspace);
        Awaitility.await().until(() -> !Ports.isFree(ports.of(Port.STORE)));
    }

    @AfterEach
    void stop() {
        server.process().kill();
        assertThat(server.process().awaitEnd(java.time.Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void servesItsDatabasesToWhoHasThePassword() throws Exception {
        String password = new Tokens(workspace).read(Tokens.DATABASE);

        try (Connection connection = DriverManager.getConnection(store.url("coupon-service"), Store.USER, password)) {
            assertThat(connection.createStatement().execute("create table t (id int primary key)"))
                    .isFalse();
        }
        assertThatThrownBy(() -> DriverManager.getConnection(store.url("coupon-service"), Store.USER, "guess"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("Wrong user name or password");
    }

    @Test
    void createsNoDatabaseForWhoReachesItsPort() {
        assertThatThrownBy(() -> DriverManager.getConnection(store.url("intruder"), "sa", ""))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("either pre-create it or allow remote database creation");
    }

    @Test
    void makesNoNewPasswordForTheDatabasesOfALostOne() throws Exception {
        Files.delete(workspace.token(Tokens.DATABASE));
        new Tokens(workspace).create();

        assertThatThrownBy(store::prepare)
                .isInstanceOf(CommandFailure.class)
                .hasMessage(
                        workspace.token(Tokens.DATABASE) + " is missing, and the databases in "
                                + state.resolve("store")
                                + " cannot be opened without it: restore it, or delete the data with ops/rollcall down --purge");
        assertThat(workspace.token(Tokens.DATABASE)).doesNotExist();
    }

    @Test
    void losesNothingWhenItIsKilledAndStartedAgain() throws Exception {
        String password = new Tokens(workspace).read(Tokens.DATABASE);
        try (Connection connection = DriverManager.getConnection(store.url("coupon-service"), Store.USER, password)) {
            connection.createStatement().execute("create table kept (id int primary key)");
            connection.createStatement().execute("insert into kept values (42)");
        }
        stop();

        store.prepare();
        server = store.program().start(workspace);
        Awaitility.await().until(() -> !Ports.isFree(ports.of(Port.STORE)));

        try (Connection connection = DriverManager.getConnection(store.url("coupon-service"), Store.USER, password);
                var rows = connection.createStatement().executeQuery("select id from kept")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(42);
        }
    }
}
