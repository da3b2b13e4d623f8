/**
 * The parts of the platform on this machine, one class each. A {@link dev.rollcall.launcher.parts.LocalPart} first
 * prepares the files and databases that its program needs, and then names the program.
 * {@link dev.rollcall.launcher.parts.LocalParts} lists all parts, gives each its ports, and knows which are missing.
 *
 * {@snippet lang="java" :
 * for (LocalPart part : new LocalParts(workspace, platform, Optional.empty()).missing()) {
 *     part.prepare();
 *     part.program().start(workspace);
 * }
 * }
 */
@NullMarked
package dev.rollcall.launcher.parts;

import org.jspecify.annotations.NullMarked;
