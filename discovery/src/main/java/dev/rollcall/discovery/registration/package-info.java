/**
 * Registers the server in Consul when its ports are known, keeps the registration true, and takes it back at the end.
 *
 * <p>{@code ConsulFeature} is the server feature; a {@code Registrar} owns the one loop that compares what the agent
 * holds with what it should hold ({@code Reconciler}) and repairs the difference.
 */
@NullMarked
package dev.rollcall.discovery.registration;

import org.jspecify.annotations.NullMarked;
