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

    /** Has the databases on a disk that has room for little; only before the first start. */
    Store onSmallDisk();

    /** Leaves no room on the small disk. */
    void fillDisk();

    /** Gives the room back. */
    void freeDisk();

    /** Ends the server by SIGKILL: whatever it has not written by now, it never will. */
    void kill();

    /** The URL of a database. */
    String url(String database);

    @Override
    default void close() {
        kill();
    }
}
