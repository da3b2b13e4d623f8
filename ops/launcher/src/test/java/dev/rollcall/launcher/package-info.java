/** Tests of the launcher: of its pieces, and of all of it on a platform of its own. */
@NullMarked
package dev.rollcall.launcher;

import org.jspecify.annotations.NullMarked;
