package dev.rollcall.launcher.logs;

import java.time.Instant;

/**
 * An entry of a part's log.
 *
 * @param text its lines, as they were printed: a stack trace belongs to the line before it
 */
public record LogEntry(String part, Instant at, Severity severity, String text) {}
