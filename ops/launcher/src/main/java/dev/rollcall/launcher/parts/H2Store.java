package dev.rollcall.launcher.parts;

import dev.rollcall.launcher.platform.CommandFailure;
import dev.rollcall.launcher.platform.Port;
import dev.rollcall.launcher.platform.Ports;
import dev.rollcall.launcher.platform.Service;
import dev.rollcall.launcher.platform.Tokens;
import dev.rollcall.launcher.platform.Workspace;
import dev.rollcall.launcher.process.Program;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.h2.tools.Server;

/**
 * H2. The launcher creates the databases from the files' side. The server does not create databases, so that no client
 * of its port can.
 */
record H2Store(Workspace workspace, Ports ports) implements Store {

    private static final String SETTINGS =
            ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;WRITE_DELAY=0;NETWORK_TIMEOUT=10000";

    @Override
    public String url(String service) {
        return "jdbc:h2:tcp://" + ports.address(Port.STORE) + "/" + service + SETTINGS;
    }

    @Override
    public void prepare() {
        Path folder = workspace.createFolder(Kind.H2.folder());
        Path secret = workspace.token(Tokens.DATABASE);
        List<String> missing = Service.stored().stream()
                .map(Service::serviceName)
                .filter(service -> !Files.exists(folder.resolve(service + ".mv.db")))
                .toList();
        if (!Files.exists(secret) && missing.size() < Service.stored().size()) {
            throw new CommandFailure(secret + " is missing, and the databases in " + folder
                    + " cannot be opened without it: restore it, or delete the data with ops/rollcall down --purge");
        }
        Tokens tokens = new Tokens(workspace);
        tokens.create(Tokens.DATABASE);
        for (String service : missing) {
            create("jdbc:h2:file:" + folder.resolve(service) + SETTINGS, tokens.read(Tokens.DATABASE));
        }
    }

    @Override
    public Program program() {
        List<String> command = new ArrayList<>(App.JVM);
        command.addAll(List.of(
                "-Xmx96m",
                "-Dh2.bindAddress=127.0.0.1",
                "-cp",
                jarOf(Server.class),
                Server.class.getName(),
                "-tcp",
                "-tcpPort",
                Integer.toString(ports.of(Port.STORE)),
                "-baseDir",
                workspace.state().resolve(Kind.H2.folder()).toString()));
        return new Program(NAME, Port.STORE, ports, command);
    }

    private static void create(String url, String password) {
        try (Connection connection = DriverManager.getConnection(url, USER, password)) {
            connection.getMetaData();
        } catch (SQLException e) {
            throw new CommandFailure("cannot create the database " + url + ": " + e.getMessage(), e);
        }
    }

    private static String jarOf(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("no path to the jar of " + type, e);
        }
    }
}
