package dev.rollcall.chassis.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * Flyway's scripts of a service, named like {@code V2__reservations.sql}. Knows whether all of them have run, which is the
 * case at most starts: loading Flyway to find that out takes a fifth of a start's CPU time.
 *
 * @param folder the scripts on the class path, such as {@code db/migration/coupon}
 */
record MigrationScripts(String folder) {

    private static final Pattern NAME = Pattern.compile("(?:.*/)?V([1-9]\\d*)__[^/]*\\.sql");

    /** Whether the database's history lists each script; false if it has no history. */
    boolean haveAllRun(DataSource database) {
        Set<String> run = new HashSet<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("select \"version\" from \"flyway_schema_history\" where \"success\"")) {
            while (rows.next()) {
                run.add(rows.getString(1));
            }
        } catch (SQLException e) {
            return false;
        }
        // other names are Flyway's business
        return scripts().stream().map(NAME::matcher).allMatch(name -> name.matches() && run.contains(name.group(1)));
    }

    private List<String> scripts() {
        URL url = Objects.requireNonNull(MigrationScripts.class.getClassLoader().getResource(folder), folder);
        try (Stream<String> names = url.openConnection() instanceof JarURLConnection jar
                ? jar.getJarFile().stream().map(JarEntry::getName).filter(name -> name.startsWith(folder + "/"))
                : Files.list(Path.of(url.toURI())).map(Path::toString)) {
            return names.filter(name -> name.endsWith(".sql")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + url, e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("no path to " + url, e);
        }
    }
}
