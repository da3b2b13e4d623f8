package dev.rollcall.launcher.engine;

import dev.rollcall.launcher.platform.Ports;
import dev.rollcall.rollcall.Part;
import java.util.List;

/**
 * A snapshot of the platform from its engine.
 *
 * @param ports its ports, or its last ones if it is down
 * @param parts the parts that should run; none if the platform is down
 */
public record Deployment(Ports ports, List<Part> parts) {

    public Deployment {
        parts = List.copyOf(parts);
    }

    public boolean isUp() {
        return parts.stream().anyMatch(Part::isAlive);
    }
}
