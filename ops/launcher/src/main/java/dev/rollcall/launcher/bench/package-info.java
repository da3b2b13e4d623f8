/**
 * Benchmarks of starts and orders, each on a separate platform.
 */
@NullMarked
package dev.rollcall.launcher.bench;

import org.jspecify.annotations.NullMarked;
