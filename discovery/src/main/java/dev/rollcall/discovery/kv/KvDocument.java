package dev.rollcall.discovery.kv;

import io.helidon.common.HelidonServiceLoader;
import io.helidon.common.media.type.MediaType;
import io.helidon.common.media.type.MediaTypes;
import io.helidon.config.ConfigException;
import io.helidon.config.ConfigParsers;
import io.helidon.config.spi.ConfigNode.ObjectNode;
import io.helidon.config.spi.ConfigParser;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One key whose value is a document. In properties, {@code x.0}, {@code x.1} and so on are a list:
 * {@link NumberedLists}.
 */
final class KvDocument implements KvFormat {
    private static final MediaType PROPERTIES = MediaTypes.create("text/x-java-properties");

    private static final Pattern POSITION = Pattern.compile("line \\d+(, column \\d+)?");

    private final String key;
    private final MediaType mediaType;
    private final ConfigParser parser;

    private KvDocument(String key, MediaType mediaType, ConfigParser parser) {
        this.key = key;
        this.mediaType = mediaType;
        this.parser = parser;
    }

    /**
     * A document in the given format or, for null, in that of the key's file extension.
     *
     * @throws IllegalArgumentException if there is no parser for the format
     */
    static KvDocument create(String key, @Nullable String format) {
        List<ConfigParser> parsers = parsers();
        MediaType wanted = format == null
                ? MediaTypes.detectType(key)
                        .filter(detected -> parser(parsers, detected).isPresent())
                        .orElse(MediaTypes.APPLICATION_YAML)
                : MediaTypes.create(format);
        ConfigParser parser = parser(parsers, wanted).orElseThrow(() -> {
            TreeSet<String> known = parsers.stream()
                    .flatMap(it -> it.supportedMediaTypes().stream())
                    .map(MediaType::text)
                    .collect(Collectors.toCollection(TreeSet::new));
            return new IllegalArgumentException("media-type: " + wanted.text() + " (expected: one of " + known + ")");
        });
        return new KvDocument(key, wanted, parser);
    }

    @Override
    public String path() {
        return key;
    }

    @Override
    public ObjectNode parse(SortedMap<String, String> values) {
        byte[] bytes = KvFormat.text("its value", values.getOrDefault(key, "")).getBytes(StandardCharsets.UTF_8);
        ConfigParser.Content content = ConfigParser.Content.builder()
                .data(new ByteArrayInputStream(bytes))
                .charset(StandardCharsets.UTF_8)
                .mediaType(mediaType)
                .build();
        ObjectNode document = parsed(content);
        return mediaType.equals(PROPERTIES) ? NumberedLists.in(document) : document;
    }

    private ObjectNode parsed(ConfigParser.Content content) {
        try {
            return parser.parse(content, resource -> Optional.empty());
        } catch (RuntimeException e) {
            // without the cause: a parser's message quotes the content, which may be secret
            throw new ConfigException("its value is invalid" + position(e) + " (expected: " + mediaType.text() + ")");
        }
    }

    /** Where the parser stopped: the last position in its message; earlier ones are those of surrounding blocks. */
    private static String position(RuntimeException e) {
        Matcher position = POSITION.matcher(String.valueOf(e.getMessage()));
        String last = "";
        while (position.find()) {
            last = " at " + position.group();
        }
        return last;
    }

    private static Optional<ConfigParser> parser(List<ConfigParser> parsers, MediaType mediaType) {
        return parsers.stream()
                .filter(it -> it.supportedMediaTypes().contains(mediaType))
                .findFirst();
    }

    private static List<ConfigParser> parsers() {
        return Stream.concat(
                        HelidonServiceLoader.create(ServiceLoader.load(ConfigParser.class)).stream(),
                        Stream.of(ConfigParsers.properties()))
                .toList();
    }
}
