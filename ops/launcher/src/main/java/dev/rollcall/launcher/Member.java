package dev.rollcall.launcher;

/**
 * A part or an instance of the platform that should run, whatever runs it.
 *
 * @param name what {@code logs}, {@code stop} and {@code kill} call it; for an instance its id in Consul
 * @param service the service it is an instance of; empty for a part that does not register
 * @param address where a person looks at a part, or where it listens; empty if it doesn't
 * @param pid its process; 0 where processes are the engine's own business
 */
record Member(String name, String service, String address, long pid, boolean isAlive) {

    boolean isInstance() {
        return !service.isEmpty();
    }
}
