package dev.rollcall.launcher;

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
    private final Thread thread;
    private volatile boolean closed;

    private RowLock(Connection connection) {
        this.connection = connection;
        this.thread = Thread.ofVirtual().name("row-lock").unstarted(this::run);
    }

    static RowLock on(Databases databases) {
        try {
            Connection connection = databases.open(Service.COUPON);
            connection.setAutoCommit(false);
            RowLock lock = new RowLock(connection);
            lock.thread.start();
            return lock;
        } catch (SQLException e) {
            throw new CommandFailure("cannot open the coupons: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join();
            // what is locked is free then
            connection.close();
        } catch (SQLException | InterruptedException e) {
            throw new CommandFailure("cannot let go of the coupons: " + e.getMessage(), e);
        }
    }

    private void run() {
        try {
            while (!closed) {
                lock();
                Thread.sleep(FREE);
            }
        } catch (InterruptedException e) {
            // closed
            return;
        }
    }

    private void lock() throws InterruptedException {
        try (Statement statement = connection.createStatement()) {
            statement.executeQuery("select code from coupons for update").close();
            Thread.sleep(HELD);
            connection.rollback();
        } catch (SQLException e) {
            // somebody else had a row for too long: the next try may have it
            return;
        }
    }
}
