/**
 * Alertmanager's webhook body, version 4, read and written. Reading forgives what it doesn't know, because Alertmanager
 * never sends again what was answered 4xx, and names everything that is missing.
 *
 * <pre>{@code
 * switch (Webhook.parse(bytes)) {
 *     case Parsed.Valid(Notification notification) -> queue.accept(notification);
 *     case Parsed.NoJson(String detail) -> …
 *     case Parsed.Invalid(Map<String, String> errors) -> …
 * }
 * }</pre>
 */
@org.jspecify.annotations.NullMarked
package dev.rollcall.relay.alertmanager;
