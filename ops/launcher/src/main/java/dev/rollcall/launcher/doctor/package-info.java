/**
 * Finds what keeps a metric from arriving. A {@link dev.rollcall.launcher.doctor.Doctor} first looks at what everything
 * stands on, Consul and Prometheus, and then walks with each instance the way of its metrics: registered, passing,
 * reachable, readable, scraped, read. Each stretch is a {@link dev.rollcall.launcher.doctor.Step}, which ends in a
 * {@link dev.rollcall.launcher.doctor.Finding}; what is wrong comes with what to do.
 *
 * {@snippet lang="java" :
 * Diagnosis diagnosis = doctor.examine(List.of(new Expected("order-service-127.0.0.1-8081", "order-service", true)));
 * diagnosis.complaints().forEach(System.out::println);
 * }
 */
@NullMarked
package dev.rollcall.launcher.doctor;

import org.jspecify.annotations.NullMarked;
