package dev.rollcall.launcher.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DoctorReportTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private final Chart platform =
            new Chart("platform", "", Map.of("consul", new Finding.Passed("Consul answers at http://127.0.0.1:8500")));
    private final Chart well = instance("order-1", new Finding.Passed("200"), new Finding.Passed("9 samples"));
    private final Chart ill = instance(
            "gin-1", new Finding.Blocked("it answers 404", "set metrics_path"), new Finding.Skipped("after http"));

    @Test
    void showsAtAGlanceWhereTheWayEnds() {
        assertThat(new DoctorReport(new Diagnosis(platform, List.of(ill, well), List.of("redis-1"), NOW)).text())
                .isEqualTo("""
                        INSTANCE  HTTP  TEXT
                        gin-1     BAD   -
                        order-1   ok    ok

                        don't ask to be scraped (neither tag nor meta): redis-1

                        gin-1: it answers 404
                            set metrics_path

                        1 problem""");
    }

    @Test
    void saysWhatWasLookedAtWhenAllIsWell() {
        assertThat(new DoctorReport(new Diagnosis(platform, List.of(well), List.of(), NOW)).text())
                .isEqualTo("""
                        INSTANCE  HTTP  TEXT
                        order-1   ok    ok

                        Consul answers at http://127.0.0.1:8500
                        every metric arrives: 1 of 1 instances""");
    }

    @Test
    void tellsProgramsTheSame() {
        assertThat(new DoctorReport(new Diagnosis(platform, List.of(ill), List.of(), NOW))
                        .json()
                        .toString())
                .isEqualTo("""
                        {"healthy":false,"at":"2026-01-01T12:00:00Z",\
                        "platform":[{"step":"consul","result":"passed","detail":"Consul answers at http://127.0.0.1:8500"}],\
                        "instances":[{"service":"gin","id":"gin-1","steps":[\
                        {"step":"http","result":"blocked","problem":"it answers 404","remedy":"set metrics_path"},\
                        {"step":"exposition","result":"skipped","detail":"after http"}]}],"silent":[]}""");
    }

    private static Chart instance(String id, Finding http, Finding exposition) {
        Map<String, Finding> findings = new LinkedHashMap<>();
        findings.put("http", http);
        findings.put("exposition", exposition);
        return new Chart(id, "gin", findings);
    }
}
