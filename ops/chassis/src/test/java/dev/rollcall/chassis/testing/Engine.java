package dev.rollcall.chassis.testing;

import java.nio.file.Path;

/** The databases that the services run on. */
public enum Engine {
    /** The local engine's. */
    H2 {
        @Override
        public Store in(Path folder) {
            return new StoreServer(folder);
        }
    },
    /** Docker's. */
    POSTGRESQL {
        @Override
        public Store in(Path folder) {
            return new PostgresServer();
        }
    };

    /** A server of this kind, not started; it keeps its databases in the folder if it may. */
    public abstract Store in(Path folder);
}
