package dev.rollcall.chassis.store;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientException;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What failures of H2 and PostgreSQL mean. */
public final class SqlFailures {
    private static final String UNIQUE_VIOLATION = "23505";
    // connection, read-only, rollback, resources (such as a full disk), lock, shutdown, I/O; those of five digits are
    // H2's
    private static final Pattern UNAVAILABLE =
            Pattern.compile("08|25006|40|53|55P03|57P|58030|90028|90031|90097|90098");
    private static final Pattern BROKEN = Pattern.compile("08|57P");
    // H2's general error; with a storage exception in its message, the files can't be written
    private static final String GENERAL = "HY000";
    private static final String STORAGE = "MVStoreException";

    private SqlFailures() {}

    /** Whether a row with the same unique key exists. */
    public static boolean isUniqueViolation(Throwable failure) {
        return hasCause(failure, hasState(UNIQUE_VIOLATION::equals));
    }

    /** Whether the database is away, full, read-only, or took too long to give a lock: no bug here, and it may pass. */
    static boolean isUnavailable(Throwable failure) {
        return hasCause(
                failure,
                cause -> cause instanceof SQLTransientException
                        || cause instanceof SQLNonTransientConnectionException
                        // PostgreSQL's driver tells these by SQLState only
                        || hasState(state -> UNAVAILABLE.matcher(state).lookingAt())
                                .test(cause)
                        || isUnwritable(cause));
    }

    static boolean isConnectionBroken(Throwable failure) {
        return hasCause(
                failure,
                cause -> cause instanceof SQLNonTransientConnectionException
                        || hasState(state -> BROKEN.matcher(state).lookingAt()).test(cause));
    }

    /** The root cause in one line; H2's server sends its stack trace in the message. */
    static String line(Throwable failure) {
        Throwable root = causes(failure).reduce(failure, (outer, inner) -> inner);
        return root.toString().lines().findFirst().orElseThrow();
    }

    private static boolean isUnwritable(Throwable cause) {
        return hasState(GENERAL::equals).test(cause)
                && String.valueOf(cause.getMessage()).contains(STORAGE);
    }

    private static Predicate<Throwable> hasState(Predicate<String> state) {
        return cause -> cause instanceof SQLException sql && sql.getSQLState() != null && state.test(sql.getSQLState());
    }

    private static boolean hasCause(Throwable failure, Predicate<Throwable> wanted) {
        return causes(failure).anyMatch(wanted);
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
    }
}
