package dev.rollcall.discovery.kv;

import dev.rollcall.discovery.consul.AgentConfig;
import io.helidon.builder.api.Prototype;

/**
 * Reads the nested configuration that has a type of another package, which Helidon 4.5's code generator cannot
 * (helidon-io/helidon#12246). What the builder was given wins over configuration.
 */
final class ConsulKvConfigNested implements Prototype.BuilderDecorator<ConsulKvConfig.BuilderBase<?, ?>> {
    @Override
    @SuppressWarnings({"deprecation", "removal"}) // builders hand out the older of Helidon's two Config types
    public void decorate(ConsulKvConfig.BuilderBase<?, ?> builder) {
        if (builder.agent().isEmpty()) {
            builder.agent(builder.config()
                    .map(config -> AgentConfig.create(config.get("agent")))
                    .orElseGet(AgentConfig::create));
        }
    }
}
