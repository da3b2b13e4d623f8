/**
 * Orders as customers send them, and the count of what became of them.
 */
@NullMarked
package dev.rollcall.launcher.traffic;

import org.jspecify.annotations.NullMarked;
