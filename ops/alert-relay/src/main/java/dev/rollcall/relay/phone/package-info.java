/**
 * Calls to people on duty, one after the other until one acknowledges, by any provider that accepts {@code POST {"id",
 * "callee", "text"}}.
 *
 * <pre>{@code
 * var phone = new Phone(provider, List.of("duty-1", "duty-2"), Duration.ofMinutes(1), Duration.ofMinutes(5), signal);
 * phone.acknowledge(id);
 * }</pre>
 */
@org.jspecify.annotations.NullMarked
package dev.rollcall.relay.phone;
