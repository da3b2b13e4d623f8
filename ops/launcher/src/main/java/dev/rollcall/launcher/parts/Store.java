package dev.rollcall.launcher.parts;

import dev.rollcall.launcher.platform.CommandFailure;
import dev.rollcall.launcher.platform.Ports;
import dev.rollcall.launcher.platform.Workspace;
import java.nio.file.Files;

/** The database server, with one database for each service. Its kind is chosen at the first start. */
public sealed interface Store extends LocalPart permits H2Store, PostgresStore {

    String NAME = "store";
    String USER = "rollcall";

    /** The kinds of server, each with its folder in the state. */
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

    /** The kind of the state's data, or H2 if there is none yet. */
    static Kind kindOf(Workspace workspace) {
        return Kind.POSTGRESQL.isIn(workspace) ? Kind.POSTGRESQL : Kind.H2;
    }

    /** The store of the state's data. */
    static Store of(Workspace workspace, Ports ports) {
        return switch (kindOf(workspace)) {
            case H2 -> new H2Store(workspace, ports);
            case POSTGRESQL -> new PostgresStore(workspace, ports);
        };
    }

    /** Chooses the kind of store before the first data is written; fails if there is data in another kind. */
    static void choose(Workspace workspace, Kind kind) {
        for (Kind other : Kind.values()) {
            if (other != kind && other.isIn(workspace)) {
                throw new CommandFailure("the data is in %s, not in %s: delete it with ops/rollcall down --purge first"
                        .formatted(other, kind));
            }
        }
        workspace.createFolder(kind.folder());
    }

    /** The JDBC URL of a service's database. */
    String url(String service);

    /** Creates missing databases, and the password with the first of them. */
    @Override
    void prepare();
}
