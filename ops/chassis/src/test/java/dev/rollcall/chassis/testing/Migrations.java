package dev.rollcall.chassis.testing;

import dev.rollcall.chassis.store.Database;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;

/** Checks a service's migration scripts on H2, which commits each of their statements. */
public final class Migrations {
    private Migrations() {}

    /**
     * Fails unless a migration goes on after a process that died before it recorded a script which it had run.
     *
     * @param folder the scripts on the class path, such as {@code db/migration/coupon}
     */
    public static void assertRepeatable(String folder) throws SQLException {
        String url = "jdbc:h2:mem:" + UUID.randomUUID()
                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_DELAY=-1";
        migrate(url, folder);
        try (Connection connection = DriverManager.getConnection(url, "sa", "");
                Statement statement = connection.createStatement()) {
            List<String> all = versions(statement);
            for (String version : all) {
                statement.execute(
                        "delete from \"flyway_schema_history\" where cast(\"version\" as integer) >= " + version);
                migrate(url, folder);
                if (!versions(statement).equals(all)) {
                    throw new AssertionError(versions(statement) + " have run, not " + all);
                }
            }
        }
    }

    private static void migrate(String url, String folder) {
        try (Database database = new Database(url, "sa", "", folder)) {
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(database::isReady);
        }
    }

    private static List<String> versions(Statement statement) throws SQLException {
        List<String> versions = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(
                "select \"version\" from \"flyway_schema_history\" where \"version\" is not null")) {
            while (rows.next()) {
                versions.add(rows.getString(1));
            }
        }
        if (versions.isEmpty()) {
            throw new AssertionError("no script has run");
        }
        return versions;
    }
}
