/**
 * The base of all other packages: the checkout and its state folder, services, ports, tokens, the terminal.
 */
@NullMarked
package dev.rollcall.launcher.platform;

import org.jspecify.annotations.NullMarked;
