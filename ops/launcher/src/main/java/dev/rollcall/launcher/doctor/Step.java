package dev.rollcall.launcher.doctor;

/**
 * One check on the path of a metric from the instance to Prometheus.
 *
 * @param <T> what is examined: the {@link Surroundings} or one {@link Patient}
 */
interface Step<T> {

    /** The name in JSON; never changes. */
    String name();

    /** Examines without changing anything. */
    Finding examine(T subject);
}
