package dev.rollcall.discovery;

/** How calls are spread over the instances of a service. */
public enum Balancing {
    /** Each instance in its turn. */
    ROUND_ROBIN,
    /** Each instance in its turn, as often as its passing weight in Consul says in relation to the others. */
    WEIGHTED,
    /** The instance with the fewest calls of this process under way, in relation to its weight. */
    LEAST_OUTSTANDING
}
