package dev.rollcall.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParseException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstanceListTest {
    private final List<String> parsed = new ArrayList<>();

    @Test
    void parsesOnlyWhatHasChanged() throws IOException {
        List<String> entries = IntStream.range(0, 1_000)
                .mapToObj(i -> entry("i-" + i, 1))
                .collect(Collectors.toCollection(ArrayList::new));
        InstanceList first = read(InstanceList.EMPTY, entries);
        assertThat(parsed).hasSize(1_000);

        entries.set(500, entry("i-500", 2));
        InstanceList changed = read(first, entries);
        assertThat(parsed).containsExactly(entry("i-500", 2));
        assertSame(changed, first, 0, 500);
        assertSame(changed, first, 501, 1_000);

        entries.remove(10);
        InstanceList fewer = read(changed, entries);
        assertThat(parsed).isEmpty();
        assertThat(fewer.instances()).hasSize(999);

        entries.add(700, entry("new", 1));
        assertThat(read(fewer, entries).instances())
                .hasSize(1_000)
                .extracting(Instance::id)
                .contains("new");
        assertThat(parsed).containsExactly(entry("new", 1));

        Collections.reverse(entries);
        assertThat(read(first, entries).instances())
                .extracting(Instance::id)
                .containsExactlyElementsOf(
                        entries.stream().map(InstanceListTest::id).toList());
        assertThat(parsed).containsExactlyInAnyOrder(entry("new", 1), entry("i-500", 2));
    }

    @Test
    void keepsTheObjectOfAnInstanceWhoseEntryChangedInOtherRespects() throws IOException {
        InstanceList first = read(InstanceList.EMPTY, List.of(entry("a", 1), entry("b", 1)));
        InstanceList next = read(first, List.of(entry("a", 1).replace("}", ", \"Index\": 7}"), entry("b", 1)));

        assertThat(parsed).hasSize(1);
        assertSame(next, first, 0, 2);
    }

    @Test
    void sharesTheValuesOfTheInstanceThatWasInItsPlace() throws IOException {
        InstanceList first = read(InstanceList.EMPTY, List.of(entry("a", 1)));
        InstanceList next = read(first, List.of(entry("a", 2)));

        assertThat(next.instances().getFirst()).isNotEqualTo(first.instances().getFirst());
        assertThat(next.instances().getFirst().meta())
                .isSameAs(first.instances().getFirst().meta());
    }

    @Test
    void readsEntriesInPieces() throws IOException {
        List<String> odd = List.of(
                "{\"ID\": \"}{][\\\"\\\\\", \"Port\": 1}",
                "{\"ID\": \"日本\", \"Port\": 1, \"Checks\": [{}, {\"a\": [[]]}]}",
                entry("x".repeat(200_000), 1));
        InputStream bytewise = new ByteArrayInputStream(bytes(" [" + String.join(" ,\n", odd) + "]\n")) {
            @Override
            public int read(byte[] to, int offset, int length) {
                return super.read(to, offset, Math.min(1, length));
            }
        };

        InstanceList list = InstanceList.EMPTY.next(bytewise, this::parse);

        assertThat(parsed).isEqualTo(odd);
        assertThat(list.instances()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "null", "{}", "[", "[{}", "[{", "[{\"", "[{},]", "[,{}]", "[1]", "[{}1]", "[{}] x", "[]]", "]"
            })
    void refusesWhatIsNoListOfObjects(String json) {
        assertThatThrownBy(() -> InstanceList.EMPTY.next(new ByteArrayInputStream(bytes(json)), this::parse))
                .isInstanceOf(JsonParseException.class);
    }

    private InstanceList read(InstanceList last, List<String> entries) throws IOException {
        parsed.clear();
        return last.next(new ByteArrayInputStream(bytes("[" + String.join(",", entries) + "]")), this::parse);
    }

    private Instance parse(String json, Interner interner) {
        parsed.add(json);
        Map<String, String> meta = interner.intern(Map.of("env", "test"));
        int port = Integer.parseInt(json.replaceFirst("(?s).*\"Port\": (\\d+).*|.*", "0$1"));
        return new Instance("service", id(json), "127.0.0.1", port, false, List.of(), meta, 1, Health.PASSING);
    }

    private static void assertSame(InstanceList list, InstanceList other, int from, int to) {
        for (int i = from; i < to; i++) {
            assertThat(list.instances().get(i)).isSameAs(other.instances().get(i));
        }
    }

    private static String entry(String id, int port) {
        return "{\"ID\": \"" + id + "\", \"Port\": " + port + "}";
    }

    private static String id(String entry) {
        return entry.replaceFirst("(?s)^\\{\"ID\": \"(.*)\", \"Port.*", "$1");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
