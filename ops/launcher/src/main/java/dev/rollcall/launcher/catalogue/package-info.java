/**
 * The catalogue of metrics: {@code ops/metrics.yml} lists every metric of every service with its labels and their
 * values, and {@code ops/METRICS.md} is generated from it, with the rules and dashboards that read each metric.
 */
@NullMarked
package dev.rollcall.launcher.catalogue;

import org.jspecify.annotations.NullMarked;
