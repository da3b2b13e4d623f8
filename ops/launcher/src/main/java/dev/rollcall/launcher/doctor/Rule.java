package dev.rollcall.launcher.doctor;

/**
 * A rule that Prometheus has loaded.
 *
 * @param health {@code ok}, {@code err}, {@code unknown}
 * @param lastError empty if there is none
 */
record Rule(String name, String health, String lastError) {}
