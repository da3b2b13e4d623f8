/**
 * Runs the platform, as processes on this machine or as containers, behind one interface.
 */
@NullMarked
package dev.rollcall.launcher.engine;

import org.jspecify.annotations.NullMarked;
