/**
 * What is measured here: {@code ops/metrics.yml} registers every metric of every service of ours, with its labels and
 * their values, and {@code ops/METRICS.md} is written from it, together with what rules and dashboards make of it.
 *
 * <p>An {@link dev.rollcall.launcher.catalogue.Audit} compares the catalogue with what services really expose:
 * {@snippet lang="java" :
 * Catalogue catalogue = Catalogue.read(Path.of("ops/metrics.yml"));
 * Map<String, List<Exposition>> scrapes = Map.of("order-service", List.of(Exposition.parse(text)));
 * List<String> complaints = Audit.of(catalogue, scrapes);
 * }
 */
@NullMarked
package dev.rollcall.launcher.catalogue;

import org.jspecify.annotations.NullMarked;
