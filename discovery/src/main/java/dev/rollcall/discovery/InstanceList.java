package dev.rollcall.discovery;

import com.google.gson.JsonParseException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/**
 * The instances in one answer of Consul, and the checksum of each one's JSON. An answer lists all instances however few
 * have changed: only entries with an unknown checksum are parsed, the others are taken from the answer before.
 */
final class InstanceList {
    static final InstanceList EMPTY = new InstanceList(List.of(), new int[0], new long[0]);

    private final List<Instance> instances;
    private final int[] lengths;
    private final long[] checksums;

    private InstanceList(List<Instance> instances, int[] lengths, long[] checksums) {
        this.instances = instances;
        this.lengths = lengths;
        this.checksums = checksums;
    }

    List<Instance> instances() {
        return instances;
    }

    /** Parses the JSON of one entry. */
    interface Parser {
        /**
         * Parses an entry that has changed or is new.
         *
         * @param interner knows the values of the instance that was in its place
         */
        Instance parse(String json, Interner interner);
    }

    /**
     * Reads the next answer.
     *
     * @param json a JSON array of objects
     * @throws JsonParseException if it is anything else
     */
    InstanceList next(InputStream json, Parser parser) throws IOException {
        return new Reader(json, parser).read();
    }

    /** Reads one answer. */
    private final class Reader {
        private final JsonArray json;
        private final Parser parser;
        private final Interner interner = new Interner();
        private final CRC32 crc32 = new CRC32();
        private final CRC32C crc32c = new CRC32C();
        private Instance[] found = new Instance[instances.size() + 1];
        private int[] sizes = new int[found.length];
        private long[] sums = new long[found.length];
        private int count;
        /** Where the next entry was in the answer before. */
        private int place;

        Reader(InputStream json, Parser parser) {
            this.json = new JsonArray(json);
            this.parser = parser;
        }

        InstanceList read() throws IOException {
            Map<Long, Integer> places = null;
            while (json.hasNext()) {
                if (place < lengths.length
                        && json.holds(lengths[place])
                        && checksum(lengths[place]) == checksums[place]) {
                    add(instances.get(place), lengths[place], checksums[place]);
                    place++;
                    continue;
                }
                int length = json.entryLength();
                long checksum = checksum(length);
                if (places == null) {
                    places = places();
                }
                Integer known = places.get(checksum);
                if (known != null && lengths[known] == length) {
                    place = known;
                    add(instances.get(known), length, checksum);
                } else {
                    add(parse(length), length, checksum);
                }
                place++;
            }
            return new InstanceList(
                    List.of(Arrays.copyOf(found, count)), Arrays.copyOf(sizes, count), Arrays.copyOf(sums, count));
        }

        /** An equal instance stays the object it was: nothing is stored twice. */
        private Instance parse(int length) {
            if (place >= instances.size()) {
                return parser.parse(json.text(length), interner);
            }
            Instance before = instances.get(place);
            interner.keep(before);
            Instance parsed = parser.parse(json.text(length), interner);
            return parsed.equals(before) ? before : parsed;
        }

        private void add(Instance instance, int length, long checksum) {
            if (count == found.length) {
                found = Arrays.copyOf(found, 2 * count);
                sizes = Arrays.copyOf(sizes, 2 * count);
                sums = Arrays.copyOf(sums, 2 * count);
            }
            found[count] = instance;
            sizes[count] = length;
            sums[count] = checksum;
            count++;
            json.skip(length);
        }

        private Map<Long, Integer> places() {
            Map<Long, Integer> places = HashMap.newHashMap(checksums.length);
            for (int i = 0; i < checksums.length; i++) {
                places.put(checksums[i], i);
            }
            return places;
        }

        /** Two checksums that every tier of the JVM computes by instructions of the processor. */
        private long checksum(int length) {
            crc32.reset();
            crc32c.reset();
            json.update(crc32, length);
            json.update(crc32c, length);
            return crc32.getValue() << 32 | crc32c.getValue();
        }
    }
}
