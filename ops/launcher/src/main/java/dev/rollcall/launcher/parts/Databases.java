package dev.rollcall.launcher.parts;

import dev.rollcall.launcher.platform.Ports;
import dev.rollcall.launcher.platform.Service;
import dev.rollcall.launcher.platform.Tokens;
import dev.rollcall.launcher.platform.Workspace;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Opens the database of a service. */
@FunctionalInterface
public interface Databases {

    Connection open(Service service) throws SQLException;

    /** The databases of the platform on this machine. */
    static Databases of(Workspace workspace, Ports ports) {
        Store store = Store.of(workspace, ports);
        String password = new Tokens(workspace).read(Tokens.DATABASE);
        return service -> DriverManager.getConnection(store.url(service.serviceName()), Store.USER, password);
    }

    /**
     * The databases of a server on which each service has a database and a user of its own name.
     *
     * @param server JDBC URL up to the database name
     * @param passwords folder with each user's password in a file of the user's name
     */
    static Databases at(String server, Path passwords) {
        return service -> DriverManager.getConnection(
                server + service.serviceName(),
                service.serviceName(),
                Tokens.in(passwords.resolve(service.serviceName())));
    }
}
