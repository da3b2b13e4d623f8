package dev.rollcall.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Grafana's dashboard files, as they are on disk now. */
final class Dashboards {
    private static final System.Logger LOGGER = System.getLogger(Dashboards.class.getName());
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;

    Dashboards(Path folder) {
        this.folder = folder;
    }

    /**
     * A dashboard.
     *
     * @param folder the folder it is shown in
     * @param uid what it is called in addresses
     * @param json the file as it is
     */
    record Dashboard(String folder, String uid, String title, JsonNode json) {}

    /** All of them, by folder and name of the file. */
    List<Dashboard> all() {
        try (Stream<Path> files = Files.walk(folder, 2)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .flatMap(file -> read(file).stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("dashboards in " + folder + " can't be read", e);
        }
    }

    /** The one of this uid. */
    Optional<Dashboard> find(String uid) {
        return all().stream().filter(dashboard -> dashboard.uid().equals(uid)).findFirst();
    }

    private Optional<Dashboard> read(Path file) {
        try {
            JsonNode json = JSON.readTree(file.toFile());
            return Optional.of(new Dashboard(
                    folder.relativize(file).getName(0).toString(),
                    json.path("uid").asText(),
                    json.path("title").asText(),
                    json));
        } catch (IOException e) {
            // somebody may be writing it: the others are still worth showing
            LOGGER.log(Level.WARNING, "{0} is no dashboard: {1}", file, e.getMessage());
            return Optional.empty();
        }
    }
}
