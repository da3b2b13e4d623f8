package dev.rollcall.discovery.registration;

/** How a stopping instance leaves its callers' lists. */
public enum LeaveMode {
    /** It is removed from Consul. */
    DEREGISTER,
    /** It stays in Consul in maintenance mode until it registers again or Consul removes it. */
    MAINTENANCE
}
