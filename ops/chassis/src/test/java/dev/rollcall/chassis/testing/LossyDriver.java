package dev.rollcall.chassis.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import org.jspecify.annotations.Nullable;

/** {@code jdbc:lossy:h2:…}: a connection that breaks once, after the statement took effect. */
public final class LossyDriver extends ForwardingDriver implements AutoCloseable {
    private volatile String losing = "";

    private LossyDriver() {
        super("lossy");
    }

    /** Registers a driver with the JDK. */
    public static LossyDriver register() {
        var driver = new LossyDriver();
        try {
            DriverManager.registerDriver(driver);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return driver;
    }

    /** Loses the next confirmation of a statement, or of its transaction's commit. */
    public void loseNext(String sql) {
        losing = sql;
    }

    /** Withdraws the driver, so that the next one takes its place, and checks that it lost what it was to lose. */
    @Override
    public void close() {
        try {
            DriverManager.deregisterDriver(this);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        if (!losing.isEmpty()) {
            throw new AssertionError("no statement had its answer lost: " + losing);
        }
    }

    @Override
    Session session(Connection real) {
        return new Session() {
            private boolean losesCommit;

            @Override
            public boolean isWatched(String sql) {
                return !losing.isEmpty() && sql.contains(losing);
            }

            @Override
            public @Nullable Object execute(Call statement) throws Throwable {
                Object result = statement.invoke();
                if (!losing.isEmpty()) {
                    losing = "";
                    if (real.getAutoCommit()) {
                        throw lost(real);
                    }
                    losesCommit = true;
                }
                return result;
            }

            @Override
            public @Nullable Object commit(Call commit) throws Throwable {
                Object result = commit.invoke();
                if (losesCommit) {
                    losesCommit = false;
                    throw lost(real);
                }
                return result;
            }
        };
    }

    private static SQLException lost(Connection connection) throws SQLException {
        connection.close();
        return new SQLNonTransientConnectionException("the connection broke", "08006");
    }
}
