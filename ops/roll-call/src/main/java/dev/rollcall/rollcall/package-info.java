/**
 * The roll call: reads Consul and Prometheus, and determines the status of each expected or registered instance and its
 * problems.
 */
@NullMarked
package dev.rollcall.rollcall;

import org.jspecify.annotations.NullMarked;
