/**
 * What the platform consists of: for each part, its configuration and the command that starts it.
 */
@NullMarked
package dev.rollcall.launcher.parts;

import org.jspecify.annotations.NullMarked;
