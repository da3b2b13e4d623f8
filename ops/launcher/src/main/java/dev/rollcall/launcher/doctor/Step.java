package dev.rollcall.launcher.doctor;

import java.util.function.Function;

/**
 * One check on the path of a metric from the instance to Prometheus.
 *
 * @param <T> what is examined: the {@link PlatformSnapshot} or one {@link ExaminedInstance}
 * @param name the name in JSON; never changes
 * @param check examines without changing anything
 */
record Step<T>(String name, Function<T, Finding> check) {}
