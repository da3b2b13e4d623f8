package dev.rollcall.launcher.engine;

import dev.rollcall.launcher.platform.Ports;
import dev.rollcall.rollcall.Part;
import java.util.List;

/**
 * The platform as its engine has it at one moment, read in one look.
 *
 * @param ports where it listens, or last did
 * @param members what should run; nothing if no platform does
 */
public record Deployment(Ports ports, List<Part> members) {

    public Deployment {
        members = List.copyOf(members);
    }

    public boolean isUp() {
        return members.stream().anyMatch(Part::isAlive);
    }
}
