/**
 * The audit: compares orders, redemptions and counters, and reports contradictions.
 */
@NullMarked
package dev.rollcall.launcher.audit;

import org.jspecify.annotations.NullMarked;
