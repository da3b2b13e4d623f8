package dev.rollcall.discovery.registration;

import dev.rollcall.discovery.DiscoveryConfig;
import dev.rollcall.discovery.consul.AgentConfig;
import io.helidon.builder.api.Prototype;

/**
 * Reads nested configuration of a type in another package, which Helidon 4.5's code generator can't
 * (helidon-io/helidon#12246). Values set on the builder win.
 */
final class ConsulFeatureConfigDecorator implements Prototype.BuilderDecorator<ConsulFeatureConfig.BuilderBase<?, ?>> {
    @Override
    @SuppressWarnings({"deprecation", "removal"}) // builders return the older of Helidon's two Config types
    public void decorate(ConsulFeatureConfig.BuilderBase<?, ?> builder) {
        if (builder.agent().isEmpty()) {
            builder.agent(builder.config()
                    .map(config -> AgentConfig.create(config.get("agent")))
                    .orElseGet(AgentConfig::create));
        }
        if (builder.discovery().isEmpty()) {
            builder.discovery(builder.config()
                    .map(config -> DiscoveryConfig.create(config.get("discovery")))
                    .orElseGet(DiscoveryConfig::create));
        }
    }
}
