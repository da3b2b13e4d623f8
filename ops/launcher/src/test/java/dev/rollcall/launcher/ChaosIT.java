package dev.rollcall.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.launcher.engine.StateFile;
import dev.rollcall.launcher.parts.LocalPart;
import dev.rollcall.launcher.parts.LocalParts;
import dev.rollcall.launcher.parts.Store;
import dev.rollcall.launcher.platform.Pause;
import dev.rollcall.launcher.platform.Tokens;
import dev.rollcall.launcher.platform.Workspace;
import dev.rollcall.launcher.process.PartProcess;
import dev.rollcall.launcher.process.PlatformState;
import dev.rollcall.launcher.process.Program;
import dev.rollcall.launcher.testing.Shoppers;
import dev.rollcall.launcher.testing.UserPlatform;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills services, Consul and the store at random under load, for {@code -Drollcall.chaos.seconds=N}. Prints the seed;
 * {@code -Drollcall.chaos.seed=N} sets it.
 */
@Tag("full")
class ChaosIT {
    private static final Duration LENGTH = Duration.ofSeconds(Long.getLong("rollcall.chaos.seconds", 30));

    @TempDir
    private Path state = Path.of("");

    private UserPlatform platform;
    private List<Program> programs = List.of();

    @BeforeEach
    void start() {
        platform = UserPlatform.up(state);
        programs = programs();
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    @Test
    void noOrderIsLostDoubledOrContradictedWhateverIsKilledWhenever() throws Exception {
        long seed = Long.getLong("rollcall.chaos.seed", System.nanoTime());
        var random = new Random(seed);
        int kills = 0;
        platform.createCoupon("CHAOS", 15, 1_000_000);
        List<Integer> ports =
                running("order-service").stream().map(PartProcess::port).toList();
        try (Shoppers customers = Shoppers.start(8, () -> ports, "CHAOS")) {
            await().atMost(Duration.ofMinutes(1)).until(() -> customers.acknowledged() > 50);
            long end = System.nanoTime() + LENGTH.toNanos();
            while (System.nanoTime() < end) {
                List<PartProcess> victims = victims();
                Collections.shuffle(victims, random);
                victims = victims.subList(0, 1 + random.nextInt(3));
                victims.forEach(victim -> victim.process().kill());
                kills += victims.size();
                Pause.of(Duration.ofMillis(random.nextInt(2_000)));
                victims.forEach(this::startAgain);
                int then = customers.acknowledged();
                await("orders after the kill of " + victims)
                        .atMost(Duration.ofMinutes(2))
                        .until(() -> customers.acknowledged() > then + random.nextInt(40));
            }
            platform.rollcall("up", "--detach");
            customers.finish();
            platform.rollcall("stop", "traffic");
            await("everything is settled")
                    .atMost(Duration.ofMinutes(4))
                    .untilAsserted(() -> assertThat(unsettled()).isEmpty());

            System.out.printf("chaos, seed %d: %d kills, %s%n", seed, kills, customers.summary());
            customers.assertToldTheTruth(this::orderStore);
        }
        Process audit = platform.start("audit");
        String table = new String(audit.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        System.out.println(table);
        assertThat(audit.waitFor()).as(table).isZero();
        assertThat(table).contains("audit clean").doesNotContain("under way");
    }

    private List<PartProcess> victims() {
        List<PartProcess> victims = new ArrayList<>(running("order-service"));
        victims.addAll(running("coupon-service"));
        PlatformState running = new StateFile(platform.workspace()).read();
        victims.add(running.find("consul"));
        victims.add(running.find("store"));
        return victims;
    }

    private List<PartProcess> running(String service) {
        return new StateFile(platform.workspace()).read().instances(service);
    }

    /** Restarts a killed part without waiting for the whole roll call, unlike {@code up}. */
    private void startAgain(PartProcess victim) {
        assertThat(victim.process().awaitEnd(Duration.ofSeconds(10))).isTrue();
        var file = new StateFile(platform.workspace());
        Program program = programs.stream()
                .filter(it -> it.name().equals(victim.name()))
                .findFirst()
                .orElseThrow();
        file.write(file.read().with(program.start(platform.workspace())));
    }

    private List<Program> programs() {
        PlatformState up = new StateFile(platform.workspace()).read();
        return new LocalParts(platform.workspace(), up, Optional.empty())
                .all().stream().map(LocalPart::program).toList();
    }

    private Connection orderStore() throws SQLException {
        Workspace workspace = platform.workspace();
        return DriverManager.getConnection(
                Store.of(workspace, new StateFile(workspace).read().ports()).url("order-service"),
                Store.USER,
                new Tokens(workspace).read(Tokens.DATABASE));
    }

    private List<String> unsettled() throws SQLException {
        List<String> unsettled = new ArrayList<>();
        try (Connection connection = orderStore();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select * from orders where status = 'PENDING' or release_due order by attempted_at")) {
            while (row.next()) {
                unsettled.add(row.getString("id") + " " + row.getString("status") + ", attempt " + row.getInt("attempt")
                        + " at " + row.getString("attempted_at"));
            }
        }
        return unsettled;
    }
}
