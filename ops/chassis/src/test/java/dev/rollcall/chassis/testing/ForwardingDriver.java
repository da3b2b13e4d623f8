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
import java.util.Properties;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A driver for {@code jdbc:NAME:h2:…} that stands between a service and the driver for {@code jdbc:h2:…}. */
abstract class ForwardingDriver implements Driver {
    private final String prefix;

    ForwardingDriver(String name) {
        this.prefix = "jdbc:" + name + ":";
    }

    /** A call on the wrapped object. */
    interface Call {
        @Nullable
        Object invoke() throws Throwable;
    }

    /** One session with the store. */
    interface Session {
        /** Executes one of the statements that {@link #isWatched} named. */
        @Nullable
        Object execute(Call real) throws Throwable;

        /** Commits a transaction. */
        @Nullable
        Object commit(Call real) throws Throwable;

        /** Whether this statement is executed by {@link #execute}. */
        boolean isWatched(String sql);
    }

    /** Begins a session on a connection of the real driver. */
    abstract Session session(Connection real);

    @Override
    public final @Nullable Connection connect(String url, Properties info) throws SQLException {
        if (!acceptsURL(url)) {
            return null;
        }
        Connection real = DriverManager.getConnection("jdbc:" + url.substring(prefix.length()), info);
        Session session = session(real);
        return proxy(Connection.class, real, (method, call, arguments) -> {
            if (method.equals("commit")) {
                return session.commit(call);
            }
            Object result = call.invoke();
            return result instanceof PreparedStatement statement && session.isWatched(String.valueOf(arguments[0]))
                    ? watched(statement, session)
                    : result;
        });
    }

    private static PreparedStatement watched(PreparedStatement statement, Session session) {
        return proxy(
                PreparedStatement.class,
                statement,
                (method, call, arguments) -> method.startsWith("execute") ? session.execute(call) : call.invoke());
    }

    private interface Handler {
        @Nullable
        Object handle(String method, Call call, Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, T target, Handler handler) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> handler.handle(
                        method.getName(),
                        () -> invoke(target, method, arguments),
                        arguments == null ? new Object[0] : arguments)));
    }

    private static @Nullable Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @Override
    public final boolean acceptsURL(String url) {
        return url.startsWith(prefix);
    }

    @Override
    public final DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
        return new DriverPropertyInfo[0];
    }

    @Override
    public final int getMajorVersion() {
        return 1;
    }

    @Override
    public final int getMinorVersion() {
        return 0;
    }

    @Override
    public final boolean jdbcCompliant() {
        return false;
    }

    @Override
    public final Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }
}
