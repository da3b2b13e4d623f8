/**
 * Generated orders and the count of their results.
 */
@NullMarked
package dev.rollcall.launcher.traffic;

import org.jspecify.annotations.NullMarked;
