package dev.rollcall.launcher.incident;

import dev.rollcall.discovery.loop.BackgroundLoop;
import dev.rollcall.launcher.parts.Databases;
import dev.rollcall.launcher.platform.CommandFailure;
import dev.rollcall.launcher.platform.Service;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** Repeatedly locks all rows of coupons until closed, each time for a little less than a request waits for a lock. */
final class RowLock implements AutoCloseable {

    private static final Duration HELD = Duration.ofMillis(1600);
    private static final Duration FREE = Duration.ofMillis(100);

    private final Connection connection;
    private final BackgroundLoop loop;

    private RowLock(Connection connection) {
        this.connection = connection;
        this.loop = new BackgroundLoop(
                "row-lock",
                this::lock,
                failure -> {
                    // another transaction held a row for too long; the next attempt may succeed
                },
                FREE,
                FREE);
    }

    static RowLock on(Databases databases) {
        try {
            Connection connection = databases.open(Service.COUPON);
            connection.setAutoCommit(false);
            RowLock lock = new RowLock(connection);
            lock.loop.start();
            return lock;
        } catch (SQLException e) {
            throw new CommandFailure("cannot open coupon-service's database: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        loop.close();
        loop.awaitEnd(HELD.multipliedBy(2));
        try {
            // this releases the locks
            connection.close();
        } catch (SQLException e) {
            throw new CommandFailure("cannot unlock the coupons: " + e.getMessage(), e);
        }
    }

    private void lock() throws SQLException, InterruptedException {
        try (Statement statement = connection.createStatement()) {
            statement.executeQuery("select code from coupons for update").close();
            Thread.sleep(HELD);
        } finally {
            // also after a failure: PostgreSQL refuses further statements in a failed transaction
            connection.rollback();
        }
        Thread.sleep(FREE);
    }
}
