package dev.rollcall.launcher.parts;

import dev.rollcall.launcher.platform.CommandFailure;
import dev.rollcall.launcher.platform.Workspace;
import dev.rollcall.launcher.process.Program;
import java.nio.file.Files;
import java.util.List;

/** The databases of the services, one each, in one server. What it is was chosen when the first data was written. */
public sealed interface Store permits H2Store, PostgresStore {

    String NAME = "store";
    String USER = "rollcall";

    /** What can keep the data, and the folder of the state in which it does. */
    enum Kind {
        H2("store"),
        POSTGRESQL("postgresql");

        private final String folder;

        Kind(String folder) {
            this.folder = folder;
        }

        public String folder() {
            return folder;
        }

        private boolean isIn(Workspace workspace) {
            return Files.exists(workspace.state().resolve(folder));
        }
    }

    /** The store that the state has, or H2 if it has none yet. */
    static Store of(Workspace workspace, int port) {
        return Kind.POSTGRESQL.isIn(workspace) ? new PostgresStore(workspace, port) : new H2Store(workspace, port);
    }

    /** Makes a state without data keep it in this kind of store; fails if there is data in another. */
    static void choose(Workspace workspace, Kind kind) {
        for (Kind other : Kind.values()) {
            if (other != kind && other.isIn(workspace)) {
                throw new CommandFailure("the data is in %s, not in %s: forget it with ops/rollcall down --purge first"
                        .formatted(other, kind));
            }
        }
        workspace.folder(kind.folder());
    }

    /** The JDBC URL of a service's database. */
    String url(String service);

    /** Makes the databases that are not there yet, and the password if there are none. */
    void create(List<String> services);

    /** The server. */
    Program program();
}
