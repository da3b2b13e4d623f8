/**
 * Alertmanager's webhook body, version 4. Parsing ignores unknown fields and reports every missing one, because
 * Alertmanager does not repeat what was answered 4xx.
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
