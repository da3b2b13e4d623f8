package dev.rollcall.discovery.scrape;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Meters of the JVM and the process, with the names that public dashboards use, and {@code build_info}.
 *
 * <p>Leaves out two of Micrometer's meters, whose names {@code promtool check metrics} refuses:
 * {@code process_cpu_time_ns_total}, replaced by {@code process_cpu_seconds_total}, and {@code system_cpu_count}.
 */
final class RuntimeMeters implements MeterBinder {
    private static final Path STATM = Path.of("/proc/self/statm");

    /** Memory page size on the supported platforms with /proc. */
    private static final long PAGE_BYTES = 4096;

    private final String version;

    RuntimeMeters(String version) {
        this.version = version;
    }

    @Override
    @SuppressWarnings("resource") // the GC listener lives as long as the JVM
    public void bindTo(MeterRegistry registry) {
        registry.config()
                .meterFilter(MeterFilter.denyNameStartsWith("process.cpu.time"))
                .meterFilter(MeterFilter.denyNameStartsWith("system.cpu.count"));
        List.of(
                        new ClassLoaderMetrics(),
                        new JvmMemoryMetrics(),
                        new JvmGcMetrics(),
                        new JvmThreadMetrics(),
                        new ProcessorMetrics(),
                        new FileDescriptorMetrics(),
                        new UptimeMetrics())
                .forEach(binder -> binder.bindTo(registry));
        if (ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system) {
            FunctionCounter.builder("process.cpu", system, it -> it.getProcessCpuTime() / 1e9)
                    .baseUnit("seconds")
                    .description("CPU time the process has used")
                    .register(registry);
        }
        if (Files.isReadable(STATM)) {
            Gauge.builder("process.resident.memory", RuntimeMeters::residentBytes)
                    .baseUnit("bytes")
                    .description("Memory of the process that is in RAM")
                    .register(registry);
        }
        Gauge.builder("build.info", () -> 1)
                .description("The version that runs; its value is always 1")
                .tag("version", version)
                .register(registry);
    }

    private static double residentBytes() {
        try {
            return Long.parseLong(Files.readString(STATM).split(" ", 3)[1]) * (double) PAGE_BYTES;
        } catch (IOException e) {
            return Double.NaN;
        }
    }
}
