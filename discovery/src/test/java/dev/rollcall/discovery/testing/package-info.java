/**
 * A real Consul for tests, in this module and in those that build on it.
 */
@NullMarked
package dev.rollcall.discovery.testing;

import org.jspecify.annotations.NullMarked;
