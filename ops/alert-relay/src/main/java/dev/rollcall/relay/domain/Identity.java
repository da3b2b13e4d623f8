package dev.rollcall.relay.domain;

/**
 * Identifies a notification for deduplication: of two equal ones in a row, the second is a duplicate.
 *
 * @param group digest of receiver and group key
 * @param state digest of status and alert set
 */
public record Identity(String group, String state) {}
