package dev.rollcall.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.launcher.engine.StateFile;
import dev.rollcall.launcher.platform.Port;
import dev.rollcall.launcher.platform.Ports;
import dev.rollcall.launcher.process.PartProcess;
import dev.rollcall.launcher.process.PortPlan;
import dev.rollcall.launcher.testing.Checkout;
import dev.rollcall.launcher.testing.UserPlatform;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The promise on one real platform: every instance is accounted for, and a killed one is named. The full build has the rest. */
class EndToEndIT {
    private static final Ports PORTS = PortPlan.anyFree();

    @TempDir
    Path state = Path.of("");

    private Checkout checkout = new Checkout(state);

    @AfterEach
    void takeDown() {
        assertThat(checkout.rollcall("down")).as(checkout.said()).isZero();
        assertThat(new StateFile(checkout.workspace()).read().running()).noneMatch(PartProcess::isAlive);
    }

    @Test
    void accountsForEveryInstanceAndNamesAKilledOne() {
        checkout = new Checkout(state);
        assertThat(checkout.up(PORTS)).as(checkout.said()).isZero();
        assertThat(checkout.rollcall("status")).as(checkout.said()).isZero();
        assertThat(checkout.out()).contains(UserPlatform.complete(0));

        assertThat(checkout.rollcall("traffic", "--rate", "20", "--duration", "3s"))
                .as(checkout.said())
                .isZero();
        assertThat(checkout.rollcall("audit")).as(checkout.said()).isZero();

        String killed = "coupon-service-127.0.0.1-" + PORTS.of(Port.COUPON);
        assertThat(checkout.rollcall("kill", killed)).as(checkout.said()).isZero();
        assertThat(checkout.rollcall("status")).as(checkout.said()).isEqualTo(1);
        assertThat(checkout.out()).contains(killed + ": process gone, killed or crashed");
    }
}
