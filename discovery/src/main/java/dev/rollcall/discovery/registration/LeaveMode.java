package dev.rollcall.discovery.registration;

/** How an instance that stops takes itself out of the lists of its callers. */
public enum LeaveMode {
    /** It is removed from Consul: nobody misses it. */
    DEREGISTER,
    /** It stays in Consul in maintenance mode, until it registers again or Consul reaps it: it is only away for a while. */
    MAINTENANCE
}
