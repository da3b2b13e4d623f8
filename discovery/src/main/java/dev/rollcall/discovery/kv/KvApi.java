package dev.rollcall.discovery.kv;

import com.ecwid.consul.json.GsonFactory;
import com.ecwid.consul.transport.HttpResponse;
import com.google.gson.JsonParseException;
import com.google.gson.annotations.SerializedName;
import com.google.gson.reflect.TypeToken;
import dev.rollcall.discovery.consul.AgentConfig;
import dev.rollcall.discovery.consul.ConsulRefusedException;
import dev.rollcall.discovery.consul.ConsulTransport;
import dev.rollcall.discovery.consul.ConsulTransport.Answer;
import dev.rollcall.discovery.consul.ConsulTransport.Parameter;
import dev.rollcall.discovery.consul.ConsulUnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads Consul's KV store.
 *
 * @see <a href="https://developer.hashicorp.com/consul/api-docs/kv#read-key">KV API: read key</a>
 */
final class KvApi implements AutoCloseable {
    private static final TypeToken<List<Entry>> ENTRIES = new TypeToken<>() {};

    private final ConsulTransport transport;

    KvApi(AgentConfig config) {
        this.transport = new ConsulTransport(config);
    }

    /**
     * One key or, if {@code path} ends with a slash, all keys under it. Index 0 answers at once, others on a change
     * after {@code index} or after {@code wait}.
     *
     * @throws ConsulUnavailableException if the agent doesn't answer, answers 5xx or anything but keys
     * @throws ConsulRefusedException if it answers 4xx other than 404
     */
    Answer<SortedMap<String, String>> read(String path, long index, Duration wait) {
        List<Parameter> parameters = new ArrayList<>();
        if (path.endsWith("/")) {
            parameters.add(new Parameter("recurse", "true"));
        }
        parameters.addAll(ConsulTransport.changedAfter(index, wait));
        HttpResponse response = transport.find(
                "/v1/kv/" + escaped(path), "key:read on " + path, parameters, index == 0 ? Duration.ZERO : wait);
        Long newIndex = response.getConsulIndex();
        if (newIndex == null) {
            throw new ConsulUnavailableException(noKeys(path));
        }
        if (response.getStatusCode() == 404) {
            return new Answer<>(newIndex, new TreeMap<>());
        }
        try {
            return new Answer<>(newIndex, values(GsonFactory.getGson().fromJson(response.getContent(), ENTRIES)));
        } catch (JsonParseException | IllegalArgumentException e) {
            throw new ConsulUnavailableException(noKeys(path), e);
        }
    }

    @Override
    public void close() {
        transport.close();
    }

    private static SortedMap<String, String> values(@Nullable List<Entry> entries) {
        SortedMap<String, String> values = new TreeMap<>();
        for (Entry entry : entries == null ? List.<Entry>of() : entries) {
            // Consul's UI creates folders as keys without a value
            if (!entry.key().endsWith("/")) {
                values.put(entry.key(), entry.text());
            }
        }
        return values;
    }

    private String noKeys(String path) {
        return "Consul at " + transport.url() + " did not answer with keys for " + path;
    }

    private static String escaped(String path) {
        return Arrays.stream(path.split("/", -1)).map(ConsulTransport::segment).collect(Collectors.joining("/"));
    }

    private record Entry(
            @SerializedName("Key") String key,
            @SerializedName("Value") @Nullable String value) {
        String text() {
            return value == null ? "" : new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
        }
    }
}
