package dev.rollcall.launcher.parts;

import dev.rollcall.launcher.platform.Port;
import dev.rollcall.launcher.platform.Ports;
import dev.rollcall.launcher.platform.Service;
import dev.rollcall.launcher.platform.Tokens;
import dev.rollcall.launcher.platform.Workspace;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** How to get at what each service keeps. */
@FunctionalInterface
public interface Databases {

    Connection open(Service service) throws SQLException;

    /** Those of a platform on this machine. */
    static Databases of(Workspace workspace, Ports ports) {
        Store store = Store.of(workspace, ports.of(Port.STORE));
        String password = new Tokens(workspace).read(Tokens.DATABASE);
        return service -> DriverManager.getConnection(store.url(service.serviceName()), Store.USER, password);
    }

    /**
     * Those of a server where each service has a database and a user of its name.
     *
     * @param server JDBC URL, up to the name of a database
     * @param passwords a folder with the password of each user in a file of its name
     */
    static Databases at(String server, Path passwords) {
        return service -> DriverManager.getConnection(
                server + service.serviceName(),
                service.serviceName(),
                Tokens.in(passwords.resolve(service.serviceName())));
    }
}
