package dev.rollcall.launcher.doctor;

/**
 * A process that should run.
 *
 * @param name what it is called; for an instance its id in Consul
 * @param service the service it is an instance of; empty for a part that does not register
 * @param alive whether it runs
 */
public record Expected(String name, String service, boolean alive) {

    boolean isInstance() {
        return !service.isEmpty();
    }
}
