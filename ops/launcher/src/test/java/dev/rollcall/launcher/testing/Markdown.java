package dev.rollcall.launcher.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A Markdown file of the checkout under test: its shell commands, links and headings. */
public record Markdown(Path file, String text) {

    private static final Path HOME = Path.of(System.getProperty("rollcall.home"));
    private static final Set<String> NOT_OURS = Set.of(".git", ".rollcall", "target", "node_modules");
    private static final Pattern SHELL = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern BLOCK = Pattern.compile("```.*?```", Pattern.DOTALL);
    private static final Pattern CODE = Pattern.compile("```.*?```|`[^`\\n]*`", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("]\\((?!\\w+:)([^)\\s]+)\\)");
    private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s)>,]+");
    private static final Pattern HEADING = Pattern.compile("^#+ +(.*)$", Pattern.MULTILINE);

    /**
     * A relative link.
     *
     * @param target the file or folder that it points to
     * @param anchor the heading in that file, or empty
     */
    public record Link(Path target, String anchor) {}

    /** The file at a path in the checkout. */
    public static Markdown at(String path) {
        return of(HOME.resolve(path));
    }

    public static Markdown of(Path file) {
        try {
            return new Markdown(file, Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All Markdown files of the checkout. */
    public static List<Markdown> all() throws IOException {
        List<Markdown> found = new ArrayList<>();
        Files.walkFileTree(HOME, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return NOT_OURS.contains(folder.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(".md")) {
                    found.add(of(file));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }

    /** The lines of its {@code sh} blocks. */
    public List<String> commands() {
        return SHELL.matcher(text)
                .results()
                .flatMap(block -> block.group(1).lines())
                .toList();
    }

    /** Its links to files of the checkout. */
    public Set<Link> links() {
        return LINK.matcher(CODE.matcher(text).replaceAll(""))
                .results()
                .map(match -> match.group(1).split("#", 2))
                .map(link -> new Link(
                        link[0].isEmpty() ? file : file.resolveSibling(link[0]).normalize(),
                        link.length > 1 ? link[1] : ""))
                .collect(Collectors.toSet());
    }

    /** The addresses that it links to or names. */
    public Set<String> addresses() {
        return ADDRESS.matcher(CODE.matcher(text).replaceAll(""))
                .results()
                .map(match -> match.group())
                .collect(Collectors.toSet());
    }

    /** The anchors that GitHub gives its headings. */
    public Set<String> anchors() {
        return HEADING.matcher(BLOCK.matcher(text).replaceAll(""))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    /** The repository's address, which the root POM sets. */
    public static String repository() throws IOException {
        Matcher property = Pattern.compile("<rollcall\\.repository>(.+)</rollcall\\.repository>")
                .matcher(Files.readString(HOME.resolve("pom.xml")));
        if (!property.find()) {
            throw new IllegalStateException("pom.xml has no property rollcall.repository");
        }
        return property.group(1);
    }

    @Override
    public String toString() {
        return HOME.relativize(file).toString();
    }
}
