/**
 * What every other package stands on: the checkout and its state folder, ports, tokens, the terminal.
 */
@NullMarked
package dev.rollcall.launcher.platform;

import org.jspecify.annotations.NullMarked;
