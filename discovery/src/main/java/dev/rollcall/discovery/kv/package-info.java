/**
 * Consul's key/value store as a source of Helidon configuration: a folder of keys or one document, watched for changes.
 *
 * <p>With {@code type: consul-kv} in a meta configuration, or by builder:
 * {@snippet lang="java" :
 * Config config = Config.create(ConsulKvSource.builder().path("config/order-service").build());
 * }
 */
@NullMarked
package dev.rollcall.discovery.kv;

import org.jspecify.annotations.NullMarked;
