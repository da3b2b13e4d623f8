/**
 * Programs and their processes: start, liveness, end, and the record of them in the platform's state.
 */
@NullMarked
package dev.rollcall.launcher.process;

import org.jspecify.annotations.NullMarked;
