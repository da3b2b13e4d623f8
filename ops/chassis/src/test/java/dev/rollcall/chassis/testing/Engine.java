package dev.rollcall.chassis.testing;

import java.nio.file.Path;

/** The database servers that the services run on. */
public enum Engine {
    /** The local engine's. */
    H2 {
        @Override
        public Store in(Path folder) {
            return new H2Server(folder);
        }
    },
    /** Docker's. */
    POSTGRESQL {
        @Override
        public Store in(Path folder) {
            return new PostgresServer();
        }
    };

    /** A server, not started; H2 keeps its databases in the folder. */
    public abstract Store in(Path folder);
}
