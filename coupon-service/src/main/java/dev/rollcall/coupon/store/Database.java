package dev.rollcall.coupon.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;

/**
 * A small pool of connections to the service's database, which may be away at any time: from the start, then it is
 * migrated once it comes, or later. Logs when it goes and when it comes, not each failure.
 */
public final class Database implements AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger(Database.class.getName());
    // few: each redemption holds its coupon's lock, so that more of them would only wait inside of the database
    private static final int CONNECTIONS = 8;
    private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(2);
    // connection, read-only, rollback, resources (a full disk is one), lock, shutdown, I/O; H2 has five digits of its
    // own
    private static final Pattern ABSENCE = Pattern.compile("08|25006|40|53|55P03|57P|58030|90028|90031|90097|90098");
    // H2's general error, where it isn't a bug: its files can't be written
    private static final String UNWRITABLE = "HY000";
    private static final String STORAGE = "MVStoreException";
    private static final Pattern BROKEN = Pattern.compile("08|57P");

    private final String name;
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
     * Opens the database, which need not be there yet.
     *
     * @param url its JDBC URL
     * @param user the user
     * @param password the user's password
     */
    public Database(String url, String user, String password) {
        name = url.split("[;?]", 2)[0];
        var config = new HikariConfig();
        config.setPoolName("store");
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(CONNECTIONS);
        config.setConnectionTimeout(CONNECTION_TIMEOUT.toMillis());
        config.setValidationTimeout(CONNECTION_TIMEOUT.toMillis() / 2);
        config.setInitializationFailTimeout(-1);
        // both databases understand it; PostgreSQL would let a request wait for a lock without end
        config.setConnectionInitSql("set lock_timeout = " + LOCK_TIMEOUT.toMillis());
        config.setExceptionOverride(new BrokenConnections());
        pool = new HikariDataSource(config);
        jdbi = Jdbi.create(pool);
        migration = Thread.ofVirtual().name("store-migration").start(this::migrate);
    }

    /**
     * Has the pool metered: {@code hikaricp_connections_active}, {@code hikaricp_connections_pending} and so on.
     *
     * @param registry where
     */
    public void meter(MeterRegistry registry) {
        pool.setMetricRegistry(registry);
    }

    /**
     * Whether the database answers and is migrated; asks it.
     *
     * @return true if calls can be expected to work
     */
    public boolean isReady() {
        try {
            return run(handle ->
                            handle.createQuery("select 1").mapTo(Integer.class).one())
                    == 1;
        } catch (StoreUnavailable e) {
            return false;
        }
    }

    <T> T run(HandleCallback<T, RuntimeException> work) {
        var under = new AtomicBoolean();
        return guard(
                () -> jdbi.withHandle(handle -> {
                    under.set(true);
                    return work.withHandle(handle);
                }),
                under);
    }

    <T> T inTransaction(HandleCallback<T, RuntimeException> work) {
        var under = new AtomicBoolean();
        return guard(
                () -> jdbi.inTransaction(handle -> {
                    T result = work.withHandle(handle);
                    under.set(true);
                    return result;
                }),
                under);
    }

    /**
     * Repeats a write whose answer was lost until the database says what became of it: an answer given before that would
     * be a guess, and a count too.
     *
     * @param write does nothing twice, and answers the second time as it did the first
     */
    <T> T untilKnown(Supplier<T> write) {
        boolean lost = false;
        for (int attempt = 1; ; attempt++) {
            try {
                return write.get();
            } catch (StoreUnavailable e) {
                lost |= e.isAnswerLost();
                if (!lost || closed) {
                    throw e;
                }
            }
            pause(attempt);
        }
    }

    /** With a mark that is set where a failure may hide that the work is done. */
    private <T> T guard(Supplier<T> work, AtomicBoolean under) {
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
            if (!isAbsence(e)) {
                throw e;
            }
            if (state.compareAndSet(State.AVAILABLE, State.AWAY)) {
                LOGGER.log(Level.WARNING, "store is away: {0}: {1}", name, why(e));
            }
            throw new StoreUnavailable("the store is away", e, under.get() && hasConnectionBroken(e));
        }
    }

    private void migrate() {
        for (int attempt = 1; !closed; attempt++) {
            try {
                Flyway.configure()
                        .dataSource(pool)
                        .locations("db/migration/coupon")
                        .load()
                        .migrate();
                state.set(State.AVAILABLE);
                LOGGER.log(Level.INFO, "store is ready: {0}", name);
                return;
            } catch (Throwable e) {
                // a first failure may only mean that another instance was creating the history table just then
                if (attempt == 2) {
                    LOGGER.log(Level.WARNING, "store can''t be migrated yet, trying on: {0}: {1}", name, why(e));
                }
            }
            pause(attempt);
        }
    }

    private void pause(int attempt) {
        long limit = Math.min(100L << Math.min(attempt, 10), MAX_PAUSE.toMillis());
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(limit / 2, limit));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the database is away, full, read-only, or was too long in giving a lock: no bug here, and it may pass. */
    private static boolean isAbsence(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientException || cause instanceof SQLNonTransientConnectionException) {
                return true;
            }
            // PostgreSQL's driver tells these by SQLState only
            if (cause instanceof SQLException sql
                    && sql.getSQLState() != null
                    && (ABSENCE.matcher(sql.getSQLState()).lookingAt() || isUnwritable(sql))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isUnwritable(SQLException failure) {
        return UNWRITABLE.equals(failure.getSQLState())
                && String.valueOf(failure.getMessage()).contains(STORAGE);
    }

    private static boolean hasConnectionBroken(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLNonTransientConnectionException) {
                return true;
            }
            if (cause instanceof SQLException sql
                    && sql.getSQLState() != null
                    && BROKEN.matcher(sql.getSQLState()).lookingAt()) {
                return true;
            }
        }
        return false;
    }

    /** One line: the H2 server sends its stack trace along in the message. */
    private static String why(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.toString().lines().findFirst().orElseThrow();
    }

    @Override
    public void close() {
        closed = true;
        migration.interrupt();
        pool.close();
    }
}
