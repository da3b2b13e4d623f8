package dev.rollcall.launcher.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.launcher.platform.Ports;
import dev.rollcall.launcher.platform.Service;
import dev.rollcall.rollcall.Part;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A container of the platform, as Docker describes it.
 *
 * @param service its service in {@code ops/compose.yaml}
 * @param number its number among the service's containers, from 1; newer ones have higher numbers
 * @param host its host name, which is part of its instance's id in Consul
 * @param isAlive whether it runs or is about to start
 * @param isJob whether it runs once and ends by itself
 * @param published by container port, the published port on this machine
 */
record Container(
        String id,
        String service,
        int number,
        String host,
        boolean isAlive,
        boolean isJob,
        Map<Integer, Integer> published) {

    /** The ports of exporters. Each has one container and registers with its service's name as the host. */
    private static final Map<String, Integer> EXPORTERS = Map.of("node-exporter", 9100, "cadvisor", 8080);

    /** The suffix of a second release: to Compose another service, to Consul the same one. */
    private static final String GREEN = "-green";

    Container {
        published = Map.copyOf(published);
    }

    /** Reads a container from {@code docker inspect}. */
    static Container of(JsonNode inspected) {
        JsonNode labels = inspected.at("/Config/Labels");
        Map<Integer, Integer> published = new TreeMap<>();
        for (Map.Entry<String, JsonNode> port :
                inspected.at("/HostConfig/PortBindings").properties()) {
            published.put(
                    Integer.valueOf(port.getKey().replaceFirst("/.*", "")),
                    port.getValue().at("/0/HostPort").asInt());
        }
        String state = inspected.at("/State/Status").asText();
        return new Container(
                inspected.path("Id").asText(),
                labels.path("com.docker.compose.service").asText(),
                labels.path("com.docker.compose.container-number").asInt(),
                inspected.at("/Config/Hostname").asText(),
                !state.equals("exited") && !state.equals("dead"),
                inspected.at("/HostConfig/RestartPolicy/Name").asText().equals("no"),
                published);
    }

    /** The part in this container. An instance is named by its id in Consul. */
    Part part() {
        Integer exports = EXPORTERS.get(service);
        if (exports != null) {
            return new Part("%s-%s-%d".formatted(service, service, exports), service, "", 0, isAlive);
        }
        String registered = service.endsWith(GREEN) ? service.substring(0, service.length() - GREEN.length()) : service;
        Optional<Service> ours = Service.named(registered);
        if (ours.isPresent()) {
            String name = "%s-%s-%d"
                    .formatted(registered, host, ours.get().firstPort().defaultNumber());
            return new Part(name, registered, "", 0, isAlive);
        }
        String name = number == 1 ? service : service + "-" + number;
        return new Part(name, "", address(), 0, isAlive);
    }

    private String address() {
        return published.values().stream()
                .findFirst()
                .map(port -> "http://" + Ports.HOST + ":" + port + "/")
                .orElse("");
    }
}
