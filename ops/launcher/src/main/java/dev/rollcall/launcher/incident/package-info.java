/**
 * Incidents: each injects a real fault and is followed from the alert to the notification and back to normal.
 */
@NullMarked
package dev.rollcall.launcher.incident;

import org.jspecify.annotations.NullMarked;
