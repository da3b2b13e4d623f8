/**
 * Calls to people on duty, by any provider that takes {@code POST {"id", "callee", "text"}}: one after the other, until
 * one of them acknowledges.
 *
 * <pre>{@code
 * var phone = new Phone(provider, List.of("duty-1", "duty-2"), Duration.ofMinutes(1), Duration.ofMinutes(5), bell);
 * phone.acknowledge(id);
 * }</pre>
 */
@org.jspecify.annotations.NullMarked
package dev.rollcall.relay.phone;
