package dev.rollcall.discovery.kv;

import io.helidon.config.Config;
import io.helidon.config.spi.ConfigSource;
import io.helidon.config.spi.ConfigSourceProvider;
import java.util.Set;

/** Provides {@code type: consul-kv} for Helidon's meta-configuration. */
public final class ConsulKvSourceProvider implements ConfigSourceProvider {
    private static final String TYPE = "consul-kv";

    /** For the service loader. */
    public ConsulKvSourceProvider() {}

    @Override
    public boolean supports(String type) {
        return TYPE.equals(type);
    }

    @Override
    public ConfigSource create(String type, Config metaConfig) {
        return ConsulKvSource.create(metaConfig);
    }

    @Override
    public Set<String> supported() {
        return Set.of(TYPE);
    }
}
