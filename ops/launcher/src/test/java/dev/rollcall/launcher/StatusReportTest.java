package dev.rollcall.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.rollcall.CheckState;
import dev.rollcall.rollcall.InstanceStatus;
import dev.rollcall.rollcall.Part;
import dev.rollcall.rollcall.RollCall;
import dev.rollcall.rollcall.TargetState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusReportTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private static final RollCall.Source ANSWERING = new RollCall.Source(NOW, "");

    private final RollCall call = new RollCall(
            NOW,
            ANSWERING,
            ANSWERING,
            List.of(
                    new Part("consul", "", "http://127.0.0.1:8500/ui/", 41, true),
                    new Part("traffic", "", "", 42, false)),
            List.of(
                    new InstanceStatus(
                            "coupon-service",
                            "coupon-service-127.0.0.1-8082",
                            "127.0.0.1:8082",
                            "1.0.0",
                            InstanceStatus.ProcessState.RUNNING,
                            CheckState.PASSING,
                            TargetState.UP,
                            Optional.of(NOW.minusSeconds(3)),
                            Duration.ofMillis(4),
                            Optional.of(new InstanceStatus.Business("redemptions", 132, 1.5)),
                            List.of(),
                            "",
                            List.of()),
                    new InstanceStatus(
                            "gin",
                            "gin-1",
                            "127.0.0.1:8083",
                            "",
                            InstanceStatus.ProcessState.FOREIGN,
                            CheckState.CRITICAL,
                            TargetState.ABSENT,
                            Optional.empty(),
                            Duration.ZERO,
                            Optional.empty(),
                            List.of("check critical", "not discovered by Prometheus"),
                            "",
                            List.of())),
            List.of());

    @Test
    void showsARowForEachInstanceAndWhatIsWrong() {
        assertThat(new StatusReport(call).text()).isEqualTo("""
                PART     WHERE                      PROCESS
                consul   http://127.0.0.1:8500/ui/  running, pid 41
                traffic  -                          gone

                INSTANCE                       PROCESS  CHECK     TARGET  SCRAPED  BUSINESS
                coupon-service-127.0.0.1-8082  running  passing   up      3 s ago  132 redemptions, 1.5/s
                gin-1                          foreign  critical  absent  never    -

                roll call incomplete: 1 of 2 instances accounted for
                  traffic: process gone
                  gin-1: check critical; not discovered by Prometheus""");
    }

    @Test
    void tellsProgramsTheSame() {
        assertThat(new StatusReport(call).json()).isEqualTo("""
                {
                  "complete" : false,
                  "problems" : [ "traffic: process gone", "gin-1: check critical; not discovered by Prometheus" ],
                  "parts" : [ {
                    "name" : "consul",
                    "address" : "http://127.0.0.1:8500/ui/",
                    "pid" : 41,
                    "running" : true
                  }, {
                    "name" : "traffic",
                    "address" : "",
                    "pid" : 42,
                    "running" : false
                  } ],
                  "instances" : [ {
                    "service" : "coupon-service",
                    "id" : "coupon-service-127.0.0.1-8082",
                    "process" : "running",
                    "check" : "passing",
                    "target" : "up",
                    "lastScrape" : "2026-01-01T11:59:57Z",
                    "business" : 132.0,
                    "problems" : [ ]
                  }, {
                    "service" : "gin",
                    "id" : "gin-1",
                    "process" : "foreign",
                    "check" : "critical",
                    "target" : "absent",
                    "problems" : [ "check critical", "not discovered by Prometheus" ]
                  } ]
                }""");
    }

    @Test
    void saysWhenNobodyIsMissing() {
        RollCall complete = new RollCall(
                NOW, ANSWERING, ANSWERING, List.of(), List.of(call.instances().getFirst()), List.of());

        assertThat(new StatusReport(complete).text())
                .endsWith("roll call complete: 1 of 1 instances registered, passing, discovered and scraped");
    }
}
