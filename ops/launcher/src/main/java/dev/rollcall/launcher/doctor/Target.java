package dev.rollcall.launcher.doctor;

import java.time.Instant;

/**
 * A target as Prometheus has it.
 *
 * @param id of the instance in Consul
 * @param pool the scrape job; empty if the target was dropped
 * @param health {@code up}, {@code down}, {@code unknown}; empty if the target was dropped
 * @param lastScrape the epoch if there was none
 */
record Target(String id, String service, String pool, String health, String lastError, Instant lastScrape) {

    boolean isDropped() {
        return pool.isEmpty();
    }
}
