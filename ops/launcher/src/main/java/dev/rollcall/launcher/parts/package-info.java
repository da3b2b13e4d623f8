/**
 * The parts of the platform: the configuration and the command line of each.
 */
@NullMarked
package dev.rollcall.launcher.parts;

import org.jspecify.annotations.NullMarked;
