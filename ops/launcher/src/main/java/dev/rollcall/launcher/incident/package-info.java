/**
 * Incidents: each causes real trouble, and is followed from the alert to the message and back to normal.
 */
@NullMarked
package dev.rollcall.launcher.incident;

import org.jspecify.annotations.NullMarked;
