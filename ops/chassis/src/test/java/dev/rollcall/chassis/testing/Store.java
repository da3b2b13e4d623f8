package dev.rollcall.chassis.testing;

/** A database server for tests, in a process of its own, always on the same port. */
public interface Store extends AutoCloseable {
    /** The user that owns every database. */
    String USER = "rollcall";

    /** The user's password. */
    String PASSWORD = "secret";

    /** Creates an empty database; only before the first start. */
    Store with(String database);

    /** Starts the server and waits until it answers. */
    Store start();

    /** Puts the databases on a small disk; only before the first start. */
    Store onSmallDisk();

    /** Fills the small disk. */
    void fillDisk();

    /** Frees the small disk. */
    void freeDisk();

    /** Ends the server by SIGKILL; what it hasn't written is lost. */
    void kill();

    /** The URL of a database. */
    String url(String database);

    @Override
    default void close() {
        kill();
    }
}
