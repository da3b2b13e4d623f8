package dev.rollcall.chassis.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * {@code jdbc:crash:h2:…}: a driver that halts its own process, like SIGKILL, at the point in {@code -Dcrash.at}: before or
 * after a statement, or the commit of a transaction with it.
 */
public final class CrashDriver extends ForwardingDriver {
    /** The exit code of the halted process. */
    public static final int EXIT = 99;

    static {
        try {
            DriverManager.registerDriver(new CrashDriver());
        } catch (SQLException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Point point = Point.parse(System.getProperty("crash.at", "never"));

    /** A driver with the point of this process. */
    public CrashDriver() {
        super("crash");
    }

    /**
     * Where to crash.
     *
     * @param when {@code before} or {@code after}
     * @param sql part of the statement
     * @param commit whether it is the commit of a transaction with that statement
     */
    private record Point(String when, String sql, boolean commit) {
        static Point parse(String text) {
            boolean commit = text.startsWith("after commit of ") || text.startsWith("before commit of ");
            String[] parts = text.replace("commit of ", "").split(" ", 2);
            return new Point(parts[0], parts.length == 2 ? parts[1] : "", commit);
        }

        boolean is(String statement) {
            return !sql.isEmpty() && statement.contains(sql);
        }

        @Nullable
        Object around(Call call) throws Throwable {
            reach("before");
            Object result = call.invoke();
            reach("after");
            return result;
        }

        private void reach(String side) {
            if (when.equals(side)) {
                Runtime.getRuntime().halt(EXIT);
            }
        }
    }

    @Override
    Session session(Connection real) {
        return new Session() {
            private boolean executed;

            @Override
            public boolean isWatched(String sql) {
                return point.is(sql);
            }

            @Override
            public @Nullable Object execute(Call statement) throws Throwable {
                executed = true;
                return point.commit() ? statement.invoke() : point.around(statement);
            }

            @Override
            public @Nullable Object commit(Call commit) throws Throwable {
                boolean reached = executed && point.commit();
                executed = false;
                return reached ? point.around(commit) : commit.invoke();
            }
        };
    }
}
