package dev.rollcall.launcher.incident;

import dev.rollcall.discovery.loop.BackgroundLoop;
import dev.rollcall.launcher.parts.Databases;
import dev.rollcall.launcher.platform.CommandFailure;
import dev.rollcall.launcher.platform.Service;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * Locks all coupons in coupon-service's database again and again until closed, each time a little shorter than a request
 * waits for a lock.
 */
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
                    // somebody else had a row for too long: the next try may have it
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
            throw new CommandFailure("cannot open the coupons: " + e.getMessage(), e);
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
            throw new CommandFailure("cannot let go of the coupons: " + e.getMessage(), e);
        }
    }

    private void lock() throws SQLException, InterruptedException {
        try (Statement statement = connection.createStatement()) {
            statement.executeQuery("select code from coupons for update").close();
            Thread.sleep(HELD);
        } finally {
            // after a failure, too: PostgreSQL refuses whatever follows in a transaction that failed
            connection.rollback();
        }
        Thread.sleep(FREE);
    }
}
