/**
 * Tests of the launcher's commands, and of whole platforms under them.
 */
@NullMarked
package dev.rollcall.launcher;

import org.jspecify.annotations.NullMarked;
