/**
 * Programs and the processes they become: how one is started, watched, noted in the platform's state, and ended.
 */
@NullMarked
package dev.rollcall.launcher.process;

import org.jspecify.annotations.NullMarked;
