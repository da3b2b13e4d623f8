package dev.rollcall.chassis.testing;

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
import java.sql.SQLNonTransientConnectionException;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** {@code jdbc:lossy:h2:…}: a connection that breaks once, after the statement took effect. */
public final class LossyDriver implements Driver {
    private static final String PREFIX = "jdbc:lossy:";

    private volatile String losing = "";

    private interface Call {
        @Nullable
        Object of(Method method, Object[] arguments) throws Throwable;
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

    @Override
    public @Nullable Connection connect(String url, Properties info) throws SQLException {
        if (!acceptsURL(url)) {
            return null;
        }
        Connection real = DriverManager.getConnection("jdbc:" + url.substring(PREFIX.length()), info);
        var done = new AtomicBoolean();
        return proxy(Connection.class, (method, arguments) -> {
            Object result = call(real, method, arguments);
            if (method.getName().equals("commit") && done.getAndSet(false)) {
                throw lost(real);
            }
            String sql = losing;
            return result instanceof PreparedStatement statement
                            && !sql.isEmpty()
                            && String.valueOf(arguments[0]).contains(sql)
                    ? losing(real, statement, done)
                    : result;
        });
    }

    private PreparedStatement losing(Connection connection, PreparedStatement statement, AtomicBoolean done) {
        return proxy(PreparedStatement.class, (method, arguments) -> {
            Object result = call(statement, method, arguments);
            if (method.getName().startsWith("execute") && !losing.isEmpty()) {
                losing = "";
                if (connection.getAutoCommit()) {
                    throw lost(connection);
                }
                done.set(true);
            }
            return result;
        });
    }

    private static SQLException lost(Connection connection) throws SQLException {
        connection.close();
        return new SQLNonTransientConnectionException("the connection broke", "08006");
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
