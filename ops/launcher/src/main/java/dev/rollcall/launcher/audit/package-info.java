/**
 * Compares orders, redemptions and counters, and reports what does not add up.
 */
@NullMarked
package dev.rollcall.launcher.audit;

import org.jspecify.annotations.NullMarked;
