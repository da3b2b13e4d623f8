/**
 * The engines, which run the platform as processes on this machine or in Docker, behind one interface.
 */
@NullMarked
package dev.rollcall.launcher.engine;

import org.jspecify.annotations.NullMarked;
