package dev.rollcall.launcher.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.launcher.process.PortPlan;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void givesFreePortsForAPlatformBesideAnother() {
        Ports ports = PortPlan.anyFree();

        assertThat(ports.chosen().values()).doesNotHaveDuplicates().allMatch(Ports::isFree);
    }

    @Test
    void seesThatAPortIsTaken() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(Ports.isFree(socket.getLocalPort())).isFalse();
        }
    }

    @Test
    void seesThatAPortIsTakenOnEveryAddress() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            assertThat(Ports.isFree(socket.getLocalPort())).isFalse();
        }
    }
}
