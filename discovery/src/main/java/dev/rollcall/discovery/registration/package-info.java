/**
 * Registers the server in Consul once its ports are open, keeps the registration up to date, and deregisters it.
 *
 * <p>{@code ConsulFeature} is the server feature. A {@code Registrar} owns the one loop; its {@code Reconciler}
 * compares the agent's entry with the definition and repairs differences.
 */
@NullMarked
package dev.rollcall.discovery.registration;

import org.jspecify.annotations.NullMarked;
