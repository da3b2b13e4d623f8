package dev.rollcall.launcher.engine;

import dev.rollcall.launcher.parts.AlertmanagerServer;
import dev.rollcall.launcher.parts.ConsulServer;
import dev.rollcall.launcher.parts.PrometheusServer;
import dev.rollcall.launcher.platform.Ports;
import dev.rollcall.launcher.process.PartProcess;
import dev.rollcall.launcher.process.PlatformState;
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

    /** The platform on this machine. */
    static Deployment of(PlatformState platform) {
        return new Deployment(
                platform.ports(),
                platform.running().stream().map(Deployment::part).toList());
    }

    private static Part part(PartProcess process) {
        String address = switch (process.name()) {
            case ConsulServer.NAME -> "http://127.0.0.1:%d/ui/".formatted(process.port());
            case PrometheusServer.NAME -> "http://127.0.0.1:%d/graph".formatted(process.port());
            case AlertmanagerServer.NAME -> "http://127.0.0.1:%d/api/v2/alerts".formatted(process.port());
            default -> process.port() == 0 ? "" : "127.0.0.1:" + process.port();
        };
        return new Part(
                process.name(), process.service(), address, process.process().pid(), process.isAlive());
    }

    public boolean isUp() {
        return parts.stream().anyMatch(Part::isAlive);
    }
}
