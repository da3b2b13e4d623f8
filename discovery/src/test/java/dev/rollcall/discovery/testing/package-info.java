/** A real Consul for tests of this module and the modules that use it. */
@NullMarked
package dev.rollcall.discovery.testing;

import org.jspecify.annotations.NullMarked;
