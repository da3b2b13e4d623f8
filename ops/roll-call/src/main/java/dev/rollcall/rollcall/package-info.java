/**
 * The roll call: reads Consul and Prometheus, and says of each expected or registered instance where it stands and why.
 */
@NullMarked
package dev.rollcall.rollcall;

import org.jspecify.annotations.NullMarked;
