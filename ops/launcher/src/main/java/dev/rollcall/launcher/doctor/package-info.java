/**
 * Finds out why a metric is missing. A {@link dev.rollcall.launcher.doctor.Doctor} examines the platform (Consul,
 * Prometheus, the other parts), and each instance along the path of its metrics: registered, passing, reachable,
 * readable, scraped, read. Each {@link dev.rollcall.launcher.doctor.Step} ends in a
 * {@link dev.rollcall.launcher.doctor.Finding}; the findings about one instance are its
 * {@link dev.rollcall.launcher.doctor.Chart}. A problem comes with its remedy.
 *
 * {@snippet lang="java" :
 * Diagnosis diagnosis = doctor.examine(engine.deployment().parts());
 * diagnosis.complaints().forEach(System.out::println);
 * }
 */
@NullMarked
package dev.rollcall.launcher.doctor;

import org.jspecify.annotations.NullMarked;
