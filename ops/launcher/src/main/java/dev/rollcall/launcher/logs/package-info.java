/** Reads what the parts of the platform printed: {@link dev.rollcall.launcher.logs.LogParser} finds the entries. */
@NullMarked
package dev.rollcall.launcher.logs;

import org.jspecify.annotations.NullMarked;
