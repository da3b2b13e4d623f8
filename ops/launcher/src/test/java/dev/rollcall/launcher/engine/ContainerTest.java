package dev.rollcall.launcher.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rollcall.rollcall.Part;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainerTest {

    @ParameterizedTest
    @CsvSource({
        "order-service,       1, order-service-4f8f0ddd37e8-8081,  order-service",
        "order-service-green, 1, order-service-4f8f0ddd37e8-8081,  order-service",
        "console,             1, console-4f8f0ddd37e8-8080,        console",
        "node-exporter,       1, node-exporter-node-exporter-9100, node-exporter",
        "postgres,            1, postgres,                         ''",
        "traffic,             2, traffic-2,                        ''",
    })
    void isCalledAsItsInstanceIsInConsul(String service, int number, String name, String registered) throws Exception {
        Part part = container(service, number, "running", "unless-stopped").part();

        assertThat(part.name()).isEqualTo(name);
        assertThat(part.service()).isEqualTo(registered);
    }

    @Test
    void isLookedAtWhereItIsPublished() throws Exception {
        Container container = container("prometheus", 1, "running", "unless-stopped");

        assertThat(container.published()).isEqualTo(Map.of(9090, 19090));
        assertThat(container.part().address()).isEqualTo("http://127.0.0.1:19090/");
    }

    @ParameterizedTest
    @CsvSource({"running, true", "restarting, true", "created, true", "exited, false", "dead, false"})
    void isMissedOnceItHasEnded(String state, boolean alive) throws Exception {
        assertThat(container("order-service", 1, state, "unless-stopped").isAlive())
                .isEqualTo(alive);
    }

    @Test
    void isAJobIfNobodyStartsItAgain() throws Exception {
        assertThat(container("acl", 1, "exited", "no").isJob()).isTrue();
        assertThat(container("order-service", 1, "exited", "unless-stopped").isJob())
                .isFalse();
    }

    /** As {@code docker inspect} prints it. */
    private static Container container(String service, int number, String state, String restart) throws Exception {
        return Container.of(new ObjectMapper().readTree("""
                {"Id": "4f8f0ddd37e8f5a5", "State": {"Status": "%s"},
                 "HostConfig": {"RestartPolicy": {"Name": "%s"},
                                "PortBindings": {"9090/tcp": [{"HostIp": "127.0.0.1", "HostPort": "19090"}]}},
                 "Config": {"Hostname": "4f8f0ddd37e8",
                            "Labels": {"com.docker.compose.service": "%s",
                                       "com.docker.compose.container-number": "%d"}}}""".formatted(state, restart, service, number)));
    }
}
