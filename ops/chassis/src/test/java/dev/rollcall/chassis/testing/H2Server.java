package dev.rollcall.chassis.testing;

import static java.util.Objects.requireNonNull;

import dev.rollcall.discovery.testing.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.h2.tools.Server;
import org.jspecify.annotations.Nullable;

/** An H2 TCP server in a process of its own, as the local engine runs it: it creates no database that isn't there. */
public final class H2Server implements Store {
    private static final String OPTIONS =
            ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;WRITE_DELAY=0;NETWORK_TIMEOUT=10000";

    private final Path folder;
    private final int port = Ports.free();
    private @Nullable SmallDisk disk;
    private @Nullable Process process;

    /**
     * A server that isn't started.
     *
     * @param folder where its databases are
     */
    public H2Server(Path folder) {
        this.folder = folder;
    }

    @Override
    public H2Server with(String database) {
        String url = "jdbc:h2:" + folder.resolve(database) + OPTIONS;
        try {
            DriverManager.getConnection(url, USER, PASSWORD).close();
        } catch (SQLException e) {
            throw new IllegalStateException("database " + database + " can't be created", e);
        }
        return this;
    }

    @Override
    public H2Server start() {
        var command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                Path.of(URI.create(Server.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toString()))
                        .toString(),
                Server.class.getName(),
                "-tcp",
                "-tcpPort",
                String.valueOf(port),
                "-baseDir",
                folder.toString());
        try {
            process = new ProcessBuilder(disk == null ? command : disk.under(command))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(this::answers);
        return this;
    }

    @Override
    public H2Server onSmallDisk() {
        disk = new SmallDisk(folder, 16, "0700");
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
            running.destroyForcibly().onExit().join();
            process = null;
        }
    }

    private boolean answers() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public String url(String database) {
        return "jdbc:h2:tcp://127.0.0.1:" + port + "/" + database + OPTIONS;
    }
}
