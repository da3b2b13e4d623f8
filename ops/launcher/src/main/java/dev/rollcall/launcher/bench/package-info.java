/**
 * Measures starts and orders on a platform of its own.
 */
@NullMarked
package dev.rollcall.launcher.bench;

import org.jspecify.annotations.NullMarked;
