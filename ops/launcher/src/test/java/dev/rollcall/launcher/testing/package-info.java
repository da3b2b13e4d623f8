/** A checkout, platforms, strangers and shoppers for the tests of the launcher. */
@NullMarked
package dev.rollcall.launcher.testing;

import org.jspecify.annotations.NullMarked;
