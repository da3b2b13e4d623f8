package dev.rollcall.discovery;

/** How calls are spread over the instances of a service. */
public enum Balancing {
    /** Each instance in its turn. */
    ROUND_ROBIN,
    /**
     * Each instance in its turn, as often as its weight in Consul says in relation to the others. One of weight 0 is
     * called only if all have weight 0.
     */
    WEIGHTED,
    /**
     * Of two instances, the one with fewer calls of this process under way, in relation to its weight. One of the two has
     * its turn as by {@link #WEIGHTED}; the other is any.
     */
    LEAST_OUTSTANDING
}
