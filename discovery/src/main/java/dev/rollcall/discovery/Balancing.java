package dev.rollcall.discovery;

/** How calls are spread over the instances of a service. */
public enum Balancing {
    /** Each instance in turn. */
    ROUND_ROBIN,
    /** Each instance in turn, in proportion to its weight in Consul. Weight 0 is called only if all have weight 0. */
    WEIGHTED,
    /**
     * Of two instances, the one with fewer outstanding calls of this process in proportion to its weight.
     * {@link #WEIGHTED} chooses the first of the two, the other is random.
     */
    LEAST_OUTSTANDING
}
