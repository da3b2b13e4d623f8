package dev.rollcall.chassis;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class JsonLinesTest {
    private static final int FORMATTERS = 500;
    private static final int THREADS = 8;

    @Test
    void formatsForManyThreadsAtOnce() {
        try (ExecutorService executor = Executors.newFixedThreadPool(THREADS)) {
            for (int i = 0; i < FORMATTERS; i++) {
                // what goes wrong goes wrong at the first records
                JsonLines lines = new JsonLines("greeting-service", () -> "greeting-1");
                List<Future<String>> written = new ArrayList<>();
                for (int thread = 0; thread < THREADS; thread++) {
                    written.add(executor.submit(() -> lines.format(new LogRecord(Level.INFO, "hello"))));
                }
                assertThatCode(() -> {
                            for (Future<String> line : written) {
                                line.get();
                            }
                        })
                        .doesNotThrowAnyException();
            }
        }
    }
}
