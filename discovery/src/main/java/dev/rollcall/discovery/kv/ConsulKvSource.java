package dev.rollcall.discovery.kv;

import io.helidon.builder.api.RuntimeType;
import io.helidon.config.Config;
import io.helidon.config.ConfigException;
import io.helidon.config.spi.ConfigContent.NodeContent;
import io.helidon.config.spi.ConfigNode;
import io.helidon.config.spi.ConfigNode.ObjectNode;
import io.helidon.config.spi.EventConfigSource;
import io.helidon.config.spi.NodeConfigSource;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Configuration from Consul's KV store: a document in one key, or a tree of keys. A change in Consul reaches
 * {@link Config#onChange} within milliseconds. While Consul is away or new content is invalid, the last valid values
 * are kept. One source belongs to one {@link Config}.
 *
 * <p>By builder, or as {@code type: consul-kv} in meta-configuration:
 * {@snippet lang="java" :
 * Config config = Config.builder()
 *         .addSource(ConsulKvSource.create(it -> it.key("config/order-service.yaml").optional(true)))
 *         .addSource(ConfigSources.classpath("application.yaml"))
 *         .build();
 * }
 */
public final class ConsulKvSource
        implements NodeConfigSource, EventConfigSource, RuntimeType.Api<ConsulKvConfig>, AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger(ConsulKvSource.class.getName());

    private static final String NOTHING = "it holds nothing that the token may read";

    private final ConsulKvConfig config;
    private final KvFormat format;
    private final String path;
    private final KeyWatch watch;

    /** The values that the configuration has from this source. */
    private volatile ObjectNode lastGood = ObjectNode.empty();
    /** The state that they come from. */
    private volatile KeyState accepted = new KeyState.Missing();
    /** Whether Consul may hold something else by now. */
    private volatile boolean doubtful;

    private ConsulKvSource(ConsulKvConfig config) {
        this.config = config;
        this.format = KvFormat.of(config);
        this.path = format.path();
        this.watch = new KeyWatch(config.agent(), path, config.queryWait());
    }

    /** A builder, filled with the defaults. */
    public static ConsulKvConfig.Builder builder() {
        return ConsulKvConfig.builder();
    }

    /**
     * A source with the given configuration.
     *
     * @throws IllegalArgumentException if a value is invalid; the message gives value and expectation
     */
    public static ConsulKvSource create(ConsulKvConfig config) {
        return new ConsulKvSource(config);
    }

    /** A source whose configuration {@code consumer} fills in. */
    public static ConsulKvSource create(Consumer<ConsulKvConfig.Builder> consumer) {
        return builder().update(consumer).build();
    }

    /** A source with the given configuration node, such as the {@code properties} of meta-configuration. */
    public static ConsulKvSource create(Config config) {
        return create(ConsulKvConfig.create(config));
    }

    @Override
    public ConsulKvConfig prototype() {
        return config;
    }

    @Override
    public String description() {
        return "ConsulKv[" + config.agent().url() + " " + path + "]" + (optional() ? "?" : "");
    }

    @Override
    public boolean optional() {
        return config.optional();
    }

    /**
     * Loads the values from Consul; waits up to the load timeout if the source is mandatory.
     *
     * @return empty if the source is optional and missing
     * @throws ConfigException if it is mandatory and missing, or if its content is invalid
     */
    @Override
    public Optional<NodeContent> load() {
        KeyState state = watch.await(optional() ? Duration.ZERO : config.loadTimeout());
        return switch (state) {
            case KeyState.Found found -> {
                lastGood = parse(found);
                accepted = found;
                yield Optional.of(NodeContent.builder().node(lastGood).build());
            }
            case KeyState.Missing missing -> absent(Level.INFO, NOTHING);
            case KeyState.Unavailable unavailable -> absent(Level.WARNING, unavailable.reason());
        };
    }

    @Override
    public void onChange(BiConsumer<String, ConfigNode> changedNode) {
        watch.follow(state -> accept(state, node -> changedNode.accept("", node)));
    }

    /** Stops watching Consul; the values stay. Idempotent. */
    @Override
    public void close() {
        watch.close();
    }

    @Override
    public String toString() {
        return description();
    }

    private Optional<NodeContent> absent(Level level, String reason) {
        if (!optional()) {
            throw new ConfigException("Consul key " + path + " can't be loaded: " + reason + " (expected within "
                    + config.loadTimeout() + ", because the source isn't optional)");
        }
        LOGGER.log(level, "Consul key {0}: starting without its values: {1}", path, reason);
        return Optional.empty();
    }

    private ObjectNode parse(KeyState.Found found) {
        try {
            return format.parse(found.values());
        } catch (ConfigException e) {
            throw new ConfigException("Consul key " + path + ": " + e.getMessage());
        }
    }

    private void accept(KeyState state, Consumer<ObjectNode> publish) {
        switch (state) {
            case KeyState.Unavailable unavailable -> keepLast(unavailable.reason());
            case KeyState.Missing missing when !optional() -> keepLast(NOTHING);
            case KeyState.Missing missing -> change(missing, publish, ObjectNode::empty);
            case KeyState.Found found -> change(found, publish, () -> format.parse(found.values()));
        }
    }

    private void change(KeyState state, Consumer<ObjectNode> publish, Supplier<ObjectNode> values) {
        if (!state.equals(accepted)) {
            try {
                ObjectNode next = values.get();
                publish(publish, next);
                lastGood = next;
            } catch (RuntimeException e) {
                keepLast(String.valueOf(e.getMessage()));
                return;
            }
            accepted = state;
            LOGGER.log(
                    Level.INFO, "Consul key {0}: {1}", path, state instanceof KeyState.Found ? "changed" : "deleted");
        } else if (doubtful) {
            LOGGER.log(Level.INFO, "Consul key {0}: confirmed again", path);
        }
        doubtful = false;
    }

    /** Publishes values; if the configuration can't be built with them, publishes the last valid ones again. */
    private void publish(Consumer<ObjectNode> publish, ObjectNode next) {
        try {
            publish.accept(next);
        } catch (RuntimeException e) {
            publish.accept(lastGood);
            throw e;
        }
    }

    private void keepLast(String reason) {
        doubtful = true;
        LOGGER.log(Level.WARNING, "Consul key {0}: keeping the last values: {1}", path, reason);
    }
}
