package dev.rollcall.chassis.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.rollcall.chassis.ConfigValues;
import io.helidon.config.Config;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;

/**
 * A small connection pool for a service's database. The database may be unavailable at any time, even at start: it is migrated
 * once it answers. Logs when it goes away and when it is back, not each failure.
 */
public final class Database implements AutoCloseable {
    /** How long a statement waits for a lock; what waits for other statements instead should wait no longer. */
    public static final Duration LOCK_TIMEOUT = Duration.ofSeconds(2);

    private static final System.Logger LOGGER = System.getLogger(Database.class.getName());
    // more would only wait for each other's row locks inside the database
    private static final int CONNECTIONS = 8;
    private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(2);

    private final String name;
    private final MigrationScripts scripts;
    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final Thread migration;
    private final AtomicReference<State> state = new AtomicReference<>(State.NOT_MIGRATED);
    private volatile boolean closed;

    private enum State {
        NOT_MIGRATED,
        AVAILABLE,
        AWAY
    }

    /**
     * Opens the database; it need not answer yet.
     *
     * @param url JDBC URL
     * @param user user
     * @param password the user's password
     * @param migrations folder of Flyway's scripts on the class path, such as {@code db/migration/coupon}. They must be
     *     repeatable: H2 commits each of their statements, and a process can die between two of them.
     */
    public Database(String url, String user, String password, String migrations) {
        this.name = url.split("[;?]", 2)[0];
        this.scripts = new MigrationScripts(migrations);
        var config = new HikariConfig();
        config.setPoolName("store");
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(CONNECTIONS);
        config.setConnectionTimeout(CONNECTION_TIMEOUT.toMillis());
        config.setValidationTimeout(CONNECTION_TIMEOUT.toMillis() / 2);
        config.setInitializationFailTimeout(-1);
        // H2 and PostgreSQL understand it; by default PostgreSQL lets a request wait for a lock for ever
        config.setConnectionInitSql("set lock_timeout = " + LOCK_TIMEOUT.toMillis());
        if (url.startsWith("jdbc:postgresql:")) {
            // every statement has an index; a plan that scans a small table would be kept while the table grows
            config.addDataSourceProperty("options", "-c enable_seqscan=off");
        }
        config.setExceptionOverride(new BrokenConnections());
        pool = new HikariDataSource(config);
        jdbi = Jdbi.create(pool);
        jdbi.registerArrayType(String.class, "varchar");
        jdbi.registerArrayType(Long.class, "bigint");
        jdbi.registerArrayType(OffsetDateTime.class, "timestamptz");
        migration = Thread.ofVirtual().name("store-migration").start(this::migrate);
    }

    /**
     * Opens the database that the configuration names.
     *
     * @param config {@code url}, {@code user} and {@code password-file}
     * @param migrations folder of Flyway's scripts on the class path
     * @return the database
     */
    public static Database open(Config config, String migrations) {
        return new Database(
                config.get("url").asString().get(),
                config.get("user").asString().get(),
                ConfigValues.secret(config.get("password-file")),
                migrations);
    }

    /** Registers the pool's meters: {@code hikaricp_connections_active} and so on. */
    public void meter(MeterRegistry registry) {
        pool.setMetricRegistry(registry);
    }

    /** Asks the database whether it answers and is migrated. */
    public boolean isReady() {
        try {
            return run(handle ->
                            handle.createQuery("select 1").mapTo(Integer.class).one())
                    == 1;
        } catch (StoreUnavailable e) {
            return false;
        }
    }

    /**
     * Runs statements, each committed on its own.
     *
     * @param work the statements
     * @param <T> their result
     * @return the result
     * @throws StoreUnavailable if the database is unavailable
     */
    public <T> T run(HandleCallback<T, RuntimeException> work) {
        var begun = new AtomicBoolean();
        return guard(
                () -> jdbi.withHandle(handle -> {
                    begun.set(true);
                    return work.withHandle(handle);
                }),
                begun);
    }

    /**
     * Runs statements in one transaction.
     *
     * @param work the statements
     * @param <T> their result
     * @return the result
     * @throws StoreUnavailable if the database is unavailable
     */
    public <T> T inTransaction(HandleCallback<T, RuntimeException> work) {
        var committing = new AtomicBoolean();
        return guard(
                () -> jdbi.inTransaction(handle -> {
                    T result = work.withHandle(handle);
                    committing.set(true);
                    return result;
                }),
                committing);
    }

    /**
     * Repeats a write whose confirmation was lost until the database says whether it happened. Any answer or count before that
     * would be a guess.
     *
     * @param write an idempotent write: repeated, it changes nothing and returns the same
     * @param <T> its result
     * @return the result
     * @throws StoreUnavailable if the database was unavailable and nothing was written
     */
    public <T> T untilKnown(Supplier<T> write) {
        boolean lost = false;
        boolean interrupted = false;
        try {
            for (int attempt = 1; ; attempt++) {
                try {
                    return write.get();
                } catch (StoreUnavailable e) {
                    lost |= e.isAnswerLost();
                    if (!lost || closed) {
                        throw e;
                    }
                }
                interrupted |= !pause(attempt);
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Once {@code writing} is set, a broken connection may hide that the work is done. */
    private <T> T guard(Supplier<T> work, AtomicBoolean writing) {
        if (state.get() == State.NOT_MIGRATED) {
            throw new StoreUnavailable("the store isn't migrated yet", null);
        }
        try {
            T result = work.get();
            if (state.compareAndSet(State.AWAY, State.AVAILABLE)) {
                LOGGER.log(Level.INFO, "store is back: {0}", name);
            }
            return result;
        } catch (RuntimeException e) {
            if (!SqlFailures.isUnavailable(e)) {
                throw e;
            }
            if (state.compareAndSet(State.AVAILABLE, State.AWAY)) {
                LOGGER.log(Level.WARNING, "store is away: {0}: {1}", name, SqlFailures.line(e));
            }
            throw new StoreUnavailable("the store is away", e, writing.get() && SqlFailures.isConnectionBroken(e));
        }
    }

    private void migrate() {
        for (int attempt = 1; !closed; attempt++) {
            try {
                if (!scripts.haveAllRun(pool)) {
                    Flyway.configure()
                            .dataSource(pool)
                            .locations(scripts.folder())
                            // the scripts were not always repeatable
                            .validateOnMigrate(false)
                            .load()
                            .migrate();
                }
                state.set(State.AVAILABLE);
                LOGGER.log(Level.INFO, "store is ready: {0}", name);
                return;
            } catch (Throwable e) {
                // a first failure may only mean that another instance was creating the history table
                if (attempt == 2) {
                    LOGGER.log(
                            Level.WARNING,
                            "store can''t be migrated yet, still trying: {0}: {1}",
                            name,
                            SqlFailures.line(e));
                }
            }
            if (!pause(attempt)) {
                return;
            }
        }
    }

    /** Waits longer each time; false if the thread was interrupted. */
    private static boolean pause(int attempt) {
        long limit = Math.min(100L << Math.min(attempt, 10), MAX_PAUSE.toMillis());
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(limit / 2, limit));
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    @Override
    public void close() {
        closed = true;
        migration.interrupt();
        pool.close();
    }
}
