package dev.rollcall.launcher.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.launcher.platform.Ports;
import dev.rollcall.launcher.platform.Service;
import dev.rollcall.rollcall.Part;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A container of the platform, as Docker has it.
 *
 * @param service what it is called in {@code ops/compose.yaml}
 * @param number which of the service's containers it is, from 1 on; a newer one has a higher number
 * @param host the name it has for itself, by which its instance is called in Consul
 * @param isAlive whether it runs, or Docker is about to start it
 * @param isJob whether it runs to its end, once
 * @param published by port inside, where that is reached on this machine
 */
record Container(
        String id,
        String service,
        int number,
        String host,
        boolean isAlive,
        boolean isJob,
        Map<Integer, Integer> published) {

    /** Exporters have one container, of the same name for everybody, and register by it. */
    private static final Map<String, Integer> EXPORTERS = Map.of("node-exporter", 9100, "cadvisor", 8080);

    /** A second release beside the first is another service to Compose, and the same one to Consul. */
    private static final String GREEN = "-green";

    Container {
        published = Map.copyOf(published);
    }

    /** One that {@code docker inspect} tells of. */
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

    /** What it is called by people: by the id of its instance in Consul if it has one. */
    Part member() {
        Integer exports = EXPORTERS.get(service);
        if (exports != null) {
            return new Part("%s-%s-%d".formatted(service, service, exports), service, "", 0, isAlive);
        }
        String registered = service.endsWith(GREEN) ? service.substring(0, service.length() - GREEN.length()) : service;
        Optional<Service> ours = Service.named(registered);
        if (ours.isPresent()) {
            String name = "%s-%s-%d"
                    .formatted(registered, host, ours.get().firstPort().usual());
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
