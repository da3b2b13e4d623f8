package dev.rollcall.launcher.doctor;

/**
 * One stretch of the way that a metric takes.
 *
 * @param <T> what is examined: the surroundings of all instances, or one instance
 */
interface Step<T> {

    /** What programs call it; never changes. */
    String name();

    /** Looks, and changes nothing. */
    Finding examine(T subject);
}
