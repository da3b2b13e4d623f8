/**
 * Fixtures: checkouts, platforms, foreign services, and clients.
 */
@NullMarked
package dev.rollcall.launcher.testing;

import org.jspecify.annotations.NullMarked;
