/**
 * The program behind {@code ops/rollcall}: starts the platform, holds the roll call over it and stops it again.
 *
 * <p>A command ({@link dev.rollcall.launcher.UpCommand} and its like) asks the {@link
 * dev.rollcall.launcher.engine.LocalEngine} to run processes and the {@link dev.rollcall.rollcall.RollCall} to account for
 * them: it sets what should run ({@link dev.rollcall.launcher.process.PlatformState}, kept in {@code .rollcall/state.json}) beside
 * what Consul and Prometheus say of it. No process belongs to the launcher itself: it may end, and be started again,
 * while the platform runs.
 */
@NullMarked
package dev.rollcall.launcher;

import org.jspecify.annotations.NullMarked;
