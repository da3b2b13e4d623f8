package dev.rollcall.relay.domain;

/**
 * What a notification tells whom, in digests: two with equal identities in a row say the same thing twice.
 *
 * @param group digest of receiver and group key
 * @param state digest of status and alert set
 */
public record Identity(String group, String state) {}
