package dev.rollcall.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads Grafana's dashboard files from disk, each time anew. */
final class Dashboards {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Path folder;

    Dashboards(Path folder) {
        this.folder = folder;
    }

    /**
     * A dashboard.
     *
     * @param folder the folder it is listed in; empty for the root
     * @param uid its unique id in URLs: the file's own uid, or one derived from the file name
     * @param title the file's own title, or the file name
     * @param json the file's content; missing if there is a problem
     * @param problem why the file cannot be read, in one line; empty if it can
     */
    record Dashboard(String folder, String uid, String title, JsonNode json, String problem) {}

    /** All dashboards, sorted by path. An unreadable file is listed with its problem. */
    List<Dashboard> all() {
        List<Dashboard> all = new ArrayList<>();
        Set<String> uids = new HashSet<>();
        for (Path file : files()) {
            Dashboard read = read(file);
            String uid = read.uid();
            for (int copy = 2; !uids.add(uid); copy++) {
                uid = read.uid() + "-" + copy;
            }
            all.add(new Dashboard(read.folder(), uid, read.title(), read.json(), read.problem()));
        }
        return all;
    }

    /** The dashboard with this uid. */
    Optional<Dashboard> find(String uid) {
        return all().stream().filter(dashboard -> dashboard.uid().equals(uid)).findFirst();
    }

    private Dashboard read(Path file) {
        Path inside = folder.relativize(file);
        String in = inside.getNameCount() > 1 ? inside.getName(0).toString() : "";
        String name = file.getFileName().toString().replaceFirst("\\.json$", "");
        String ownUid = name.replaceAll("[^\\w-]+", "-");
        try {
            JsonNode json = JSON.readTree(file.toFile());
            if (!json.isObject()) {
                return new Dashboard(in, ownUid, name, MissingNode.getInstance(), inside + " is not a JSON object");
            }
            JsonNode dashboard = dashboard(json);
            return new Dashboard(
                    in,
                    text(dashboard.path("uid"), text(json.at("/metadata/name"), ownUid)),
                    text(dashboard.path("title"), name),
                    json,
                    "");
        } catch (JsonProcessingException e) {
            // the file may be half-written
            String problem = "%s is not JSON (line %d: %s)"
                    .formatted(inside, Math.max(1, e.getLocation().getLineNr()), firstLine(e.getOriginalMessage()));
            return new Dashboard(in, ownUid, name, MissingNode.getInstance(), problem);
        } catch (IOException e) {
            return new Dashboard(in, ownUid, name, MissingNode.getInstance(), inside + " cannot be read");
        }
    }

    /**
     * Unwraps a dashboard from the answer of Grafana's API, which calls it {@code dashboard} or, newer, {@code spec}.
     */
    private static JsonNode dashboard(JsonNode json) {
        return Stream.of("dashboard", "spec")
                .map(json::path)
                .filter(JsonNode::isObject)
                .findFirst()
                .orElse(json);
    }

    private static String text(JsonNode value, String otherwise) {
        String text = value.asText().strip();
        return text.isEmpty() || value.isNull() ? otherwise : text;
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("");
    }

    private List<Path> files() {
        List<Path> files = new ArrayList<>();
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    // Kubernetes keeps the real files of a mounted volume in hidden folders
                    boolean isHidden = !directory.equals(folder)
                            && directory.getFileName().toString().startsWith(".");
                    return isHidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (file.toString().endsWith(".json") && !Files.isDirectory(file)) {
                        files.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                    if (file.equals(folder)) {
                        throw failure;
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the dashboards in " + folder, e);
        }
        files.sort(null);
        return files;
    }
}
