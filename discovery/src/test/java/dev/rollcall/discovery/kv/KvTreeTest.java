package dev.rollcall.discovery.kv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helidon.config.Config;
import io.helidon.config.ConfigException;
import io.helidon.config.ConfigSources;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KvTreeTest {
    @Test
    void indexesMakeAListInTheirNumericOrder() {
        assertThat(list(
                        "x/0", "a", "x/1", "b", "x/2", "c", "x/3", "d", "x/4", "e", "x/5", "f", "x/6", "g", "x/7", "h",
                        "x/8", "i", "x/9", "j", "x/10", "k", "x/11", "l"))
                .containsExactly("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l");
    }

    @Test
    void aThousandElementsStayInOrder() {
        String[] keysAndValues = IntStream.range(0, 1000)
                .mapToObj(index -> new String[] {"x/" + index, "v" + index})
                .flatMap(Arrays::stream)
                .toArray(String[]::new);

        assertThat(list(keysAndValues))
                .isEqualTo(
                        IntStream.range(0, 1000).mapToObj(index -> "v" + index).toList());
    }

    @Test
    void gapsBetweenIndexesClose() {
        assertThat(list("x/0", "a", "x/9", "b", "x/10", "c", "x/99999999999999999999", "d"))
                .containsExactly("a", "b", "c", "d");
    }

    @Test
    void leadingZerosDoNotCount() {
        assertThat(list("x/00", "a", "x/01", "b", "x/002", "c", "x/10", "d")).containsExactly("a", "b", "c", "d");
    }

    @Test
    void oneIndexInTwoSpellingsIsRefused() {
        assertThatThrownBy(() -> config("x/0", "a", "x/1", "b", "x/01", "c"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("x has the indexes 01 and 1 (expected: each index once)");
    }

    @Test
    void namesThatAreNotAllIndexesStayNames() {
        Config config = config("x/0", "a", "x/1", "b", "x/max", "c", "port/8080", "d", "port/9090", "e", "y/-1", "f");

        assertThat(config.get("x.0").asString().get()).isEqualTo("a");
        assertThat(config.get("x.max").asString().get()).isEqualTo("c");
        // numbers without a 0 are names
        assertThat(config.get("port.8080").asString().get()).isEqualTo("d");
        assertThat(config.get("y.-1").asString().get()).isEqualTo("f");
    }

    @Test
    void listsNest() {
        Config config = config(IntStream.range(0, 12)
                .boxed()
                .flatMap(outer -> IntStream.range(0, 12)
                        .boxed()
                        .flatMap(inner -> List.of("x/" + outer + "/y/" + inner, outer + ":" + inner).stream()))
                .toArray(String[]::new));

        List<Config> outer = config.get("x").asNodeList().get();
        for (int index = 0; index < 12; index++) {
            int expected = index;
            assertThat(outer.get(index).get("y").asList(String.class).get())
                    .isEqualTo(IntStream.range(0, 12)
                            .mapToObj(inner -> expected + ":" + inner)
                            .toList());
        }
        assertThat(config("z/0/0", "a", "z/0/1", "b", "z/1/0", "c")
                        .get("z.0.1")
                        .asString()
                        .get())
                .isEqualTo("b");
    }

    @Test
    void aKeyMayBeBothValueAndParent() {
        Config config = config("x", "v", "x/0", "a", "x/1", "b", "y", "w", "y/z", "c");

        assertThat(config.get("x").asString().get()).isEqualTo("v");
        assertThat(config.get("x").asList(String.class).get()).containsExactly("a", "b");
        assertThat(config.get("y").asString().get()).isEqualTo("w");
        assertThat(config.get("y.z").asString().get()).isEqualTo("c");
    }

    @Test
    void twoKeysOfOneNameAreRefused() {
        assertThatThrownBy(() -> config("x/y.z", "a", "x/y/z", "b"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("app/x/y.z and app/x/y/z are both x.y.z (expected: one of them)");
    }

    @Test
    void emptyNamesAreRefused() {
        for (String key : List.of("x//y", "x..y", ".x", "x.")) {
            assertThatThrownBy(() -> config(key, "a"))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageStartingWith("app/" + key + " contains an empty name");
        }
    }

    private static List<String> list(String... keysAndValues) {
        return config(keysAndValues).get("x").asList(String.class).get();
    }

    private static Config config(String... keysAndValues) {
        Map<String, String> values = new TreeMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put("app/" + keysAndValues[i], keysAndValues[i + 1]);
        }
        return Config.just(ConfigSources.create(new KvTree("app/").parse(new TreeMap<>(values))));
    }
}
