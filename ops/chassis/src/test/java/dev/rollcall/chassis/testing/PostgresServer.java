package dev.rollcall.chassis.testing;

import static java.util.Objects.requireNonNull;

import dev.rollcall.discovery.testing.Ports;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL on loopback, from the binaries that {@code ops/tools} brought or PATH has. It refuses to run as root,
 * so there it runs as nobody; its folder is its own, because nobody may look into a test's.
 */
public final class PostgresServer implements Store {
    private static final String NOBODY = "nobody";
    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

    private final int port = Ports.free();
    private final List<String> databases = new ArrayList<>();
    private final Path folder;
    private @Nullable SmallDisk disk;
    private @Nullable Process process;

    /** A server that isn't started. */
    public PostgresServer() {
        try {
            folder = Files.createTempDirectory("rollcall-postgresql");
            giveAway(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public PostgresServer with(String database) {
        databases.add(database);
        return this;
    }

    @Override
    public PostgresServer start() {
        boolean first = !Files.exists(folder.resolve("data"));
        if (first) {
            initialise();
        }
        // after a SIGKILL it refuses to start for as long as one of its old processes lingers
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
            if (process == null || !process.isAlive()) {
                process = run(
                        disk,
                        "postgres",
                        "-D",
                        data(),
                        "-h",
                        "127.0.0.1",
                        "-p",
                        String.valueOf(port),
                        "-k",
                        folder.toString(),
                        "-c",
                        "fsync=off");
            }
            return answers();
        });
        if (first) {
            String where = "";
            if (disk != null) {
                execute("create tablespace small location '" + tablespace() + "'");
                where = " tablespace small";
            }
            for (String database : databases) {
                execute("create database \"" + database + "\"" + where);
            }
        }
        return this;
    }

    /** Makes a database read-only, or writable again, for its connections from now on; the present ones are cut. */
    public void readOnly(String database, boolean readOnly) {
        execute("alter database \"" + database + "\" set default_transaction_read_only = " + readOnly);
        execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + database + "'");
    }

    /** The tables only: without room for its log it would end, which is a store that is away. */
    @Override
    public PostgresServer onSmallDisk() {
        try {
            Files.createDirectory(tablespace());
            giveAway(tablespace());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        disk = new SmallDisk(tablespace(), 48, "0700");
        return this;
    }

    @Override
    public void fillDisk() {
        requireNonNull(disk).fill(requireNonNull(process));
    }

    @Override
    public void freeDisk() {
        requireNonNull(disk).free(requireNonNull(process));
    }

    @Override
    public void kill() {
        Process running = process;
        if (running != null) {
            List<ProcessHandle> children = running.descendants().toList();
            running.destroyForcibly().onExit().join();
            children.forEach(ProcessHandle::destroyForcibly);
            process = null;
        }
    }

    @Override
    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?connectTimeout=2&socketTimeout=10";
    }

    @Override
    public void close() {
        kill();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void initialise() {
        try {
            Path password = Files.writeString(folder.resolve("password"), PASSWORD);
            giveAway(password);
            Process initdb = run(
                    null,
                    "initdb",
                    "-D",
                    data(),
                    "-U",
                    USER,
                    "--pwfile",
                    password.toString(),
                    "-A",
                    "scram-sha-256",
                    "-E",
                    "UTF8",
                    "--locale",
                    "C",
                    "--no-sync");
            if (initdb.waitFor() != 0) {
                throw new IllegalStateException("initdb failed:\n" + Files.readString(folder.resolve("log")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private Path tablespace() {
        return folder.resolve("tablespace");
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private boolean answers() {
        try {
            connect().close();
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    private void execute(String sql) {
        try (Connection connection = connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(url("postgres"), USER, PASSWORD);
    }

    private Process run(@Nullable SmallDisk on, String program, String... arguments) {
        var command = new ArrayList<String>();
        if (ROOT) {
            command.addAll(List.of("setpriv", "--reuid", NOBODY, "--regid", "nogroup", "--clear-groups"));
        } else if (on != null) {
            // root of its namespace, in which it mounts the disk, and nobody in one below
            command.addAll(List.of("unshare", "--map-user=65534", "--map-group=65534"));
        }
        command.add(binary(program).toString());
        command.addAll(List.of(arguments));
        try {
            return new ProcessBuilder(on == null ? command : on.under(command))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("log").toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void giveAway(Path path) throws IOException {
        if (ROOT) {
            Files.setOwner(
                    path, path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(NOBODY));
        }
    }

    private static Path binary(String program) {
        Stream<Path> tools =
                Stream.ofNullable(System.getProperty("rollcall.tools")).map(tool -> Path.of(tool, "bin"));
        Stream<Path> path =
                Stream.of(System.getenv("PATH").split(File.pathSeparator)).map(Path::of);
        return Stream.concat(tools, path)
                .map(folder -> folder.resolve(program))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "no " + program + " in -Drollcall.tools or on PATH; ops/tools brings one"));
    }
}
