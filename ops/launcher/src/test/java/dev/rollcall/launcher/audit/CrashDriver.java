package dev.rollcall.launcher.audit;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A database driver that halts its own process, like SIGKILL, at the point in {@code -Dcrash.at}: before or after a
 * statement, or the commit of a transaction with it. {@code jdbc:crash:h2:…} wraps {@code jdbc:h2:…}. Only these tests
 * put this class on the services' classpath.
 */
public final class CrashDriver implements Driver {
    static final int EXIT = 99;

    private static final String PREFIX = "jdbc:crash:";

    static {
        try {
            DriverManager.registerDriver(new CrashDriver());
        } catch (SQLException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Point point = Point.parse(System.getProperty("crash.at", "never"));

    /**
     * Where to crash.
     *
     * @param when {@code before} or {@code after}
     * @param sql part of the statement
     * @param commit whether it is the commit of a transaction with that statement
     */
    record Point(String when, String sql, boolean commit) {
        static Point parse(String text) {
            boolean commit = text.startsWith("after commit of ") || text.startsWith("before commit of ");
            String[] parts = text.replace("commit of ", "").split(" ", 2);
            return new Point(parts[0], parts.length == 2 ? parts[1] : "", commit);
        }

        boolean is(String statement) {
            return !sql.isEmpty() && statement.contains(sql);
        }

        void reach(String side) {
            if (when.equals(side)) {
                Runtime.getRuntime().halt(EXIT);
            }
        }
    }

    @Override
    public @Nullable Connection connect(String url, Properties info) throws SQLException {
        if (!acceptsURL(url)) {
            return null;
        }
        Connection connection = DriverManager.getConnection("jdbc:" + url.substring(PREFIX.length()), info);
        var touched = new AtomicBoolean();
        return proxy(Connection.class, (method, arguments) -> {
            if (method.getName().equals("commit") && point.commit() && touched.getAndSet(false)) {
                point.reach("before");
                Object result = call(connection, method, arguments);
                point.reach("after");
                return result;
            }
            Object result = call(connection, method, arguments);
            return result instanceof PreparedStatement statement && point.is(String.valueOf(arguments[0]))
                    ? watched(statement, touched)
                    : result;
        });
    }

    private PreparedStatement watched(PreparedStatement statement, AtomicBoolean touched) {
        return proxy(PreparedStatement.class, (method, arguments) -> {
            if (!method.getName().startsWith("execute")) {
                return call(statement, method, arguments);
            }
            touched.set(true);
            if (point.commit()) {
                return call(statement, method, arguments);
            }
            point.reach("before");
            Object result = call(statement, method, arguments);
            point.reach("after");
            return result;
        });
    }

    private interface Call {
        @Nullable
        Object of(Method method, Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> call.of(method, arguments == null ? new Object[0] : arguments)));
    }

    private static @Nullable Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @Override
    public boolean acceptsURL(String url) {
        return url.startsWith(PREFIX);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
        return new DriverPropertyInfo[0];
    }

    @Override
    public int getMajorVersion() {
        return 1;
    }

    @Override
    public int getMinorVersion() {
        return 0;
    }

    @Override
    public boolean jdbcCompliant() {
        return false;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }
}
