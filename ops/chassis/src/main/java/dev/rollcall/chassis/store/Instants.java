package dev.rollcall.chassis.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jdbi.v3.core.argument.Argument;

/** Times in columns of type {@code timestamp with time zone}. */
public final class Instants {
    private Instants() {}

    /**
     * A time as a statement's argument. A Timestamp would pass through the local time zone and its repeated hour.
     *
     * @param instant the time
     * @return the argument to bind
     */
    public static Argument argument(Instant instant) {
        return (position, statement, context) -> statement.setObject(position, instant.atOffset(ZoneOffset.UTC));
    }

    /**
     * The time in a column that isn't null.
     *
     * @param row the row
     * @param column the column's name
     * @return the time
     * @throws SQLException if it can't be read
     */
    public static Instant get(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
