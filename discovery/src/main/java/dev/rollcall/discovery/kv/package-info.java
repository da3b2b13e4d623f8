/**
 * Consul's key/value store as a source of Helidon configuration: one document or a tree of keys, watched for changes.
 *
 * <p>With {@code type: consul-kv} in meta-configuration, or by builder:
 * {@snippet lang="java" :
 * Config config = Config.create(() -> ConsulKvSource.create(it -> it.prefix("config/order-service")));
 * }
 */
@NullMarked
package dev.rollcall.discovery.kv;

import org.jspecify.annotations.NullMarked;
