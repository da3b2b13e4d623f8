package dev.rollcall.coupon.testing;

import dev.rollcall.chassis.RunningService;
import dev.rollcall.chassis.testing.Engine;
import dev.rollcall.chassis.testing.Store;
import dev.rollcall.coupon.CouponService;
import dev.rollcall.discovery.http.testing.Api;
import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Running coupon services, with real ports, on one database. */
public final class CouponServices implements AutoCloseable {
    /** The token of the admin. */
    public static final String ADMIN = "admin-token";

    /** The token of other services. */
    public static final String SERVICE = "service-token";

    private static final String DATABASE = "coupon-service";

    private final Path folder;
    private final Store store;
    private final List<RunningService> services = new ArrayList<>();

    /**
     * Prepares a store on H2; starts nothing.
     *
     * @param folder folder of the databases and the secrets
     */
    public CouponServices(Path folder) {
        this(folder, Engine.H2);
    }

    /**
     * Prepares a store; starts nothing.
     *
     * @param folder folder of the secrets, and of H2's databases
     * @param engine kind of store
     */
    public CouponServices(Path folder, Engine engine) {
        this.folder = folder;
        this.store = engine.in(folder).with(DATABASE);
        secret("admin", ADMIN);
        secret("service", SERVICE);
        secret("database", Store.PASSWORD);
    }

    /** The database server, not started. */
    public Store store() {
        return store;
    }

    /** Writes a secret to a file. */
    public Path secret(String name, String value) {
        try {
            return Files.writeString(folder.resolve(name), value + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Settings for tests of any service: this store, these secrets, free ports, no Consul. */
    public Map<String, String> settings(String database) {
        var settings = new HashMap<String, String>();
        settings.put("server.port", "0");
        settings.put("server.features.consul.enabled", "false");
        settings.put("database.url", store.url(database));
        settings.put("database.user", Store.USER);
        settings.put("database.password-file", folder.resolve("database").toString());
        settings.put("tokens.admin-file", folder.resolve("admin").toString());
        settings.put("tokens.service-file", folder.resolve("service").toString());
        return settings;
    }

    /** The given settings, over those of application.yaml. */
    public static Config config(Map<String, String> settings) {
        return Config.builder()
                .sources(ConfigSources.create(settings), ConfigSources.classpath("application.yaml"))
                .disableEnvironmentVariablesSource()
                .disableSystemPropertiesSource()
                .build();
    }

    /** Starts an instance that needs no Consul. */
    public RunningService start() {
        return start(Map.of());
    }

    /** Starts an instance with settings of its own. */
    public RunningService start(Map<String, String> more) {
        Map<String, String> settings = settings(DATABASE);
        settings.putAll(more);
        RunningService service = CouponService.start(config(settings));
        services.add(service);
        return service;
    }

    /** An instance's API, called by the admin. */
    public static Api admin(RunningService service) {
        return Api.on(service.port()).withToken(ADMIN);
    }

    @Override
    public void close() {
        services.forEach(RunningService::close);
        store.close();
    }
}
