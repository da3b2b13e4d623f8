package dev.rollcall.discovery.kv;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What Consul's KV store says of a key, or of all keys under a prefix.
 */
sealed interface KeyState {
    /**
     * There is something.
     *
     * @param values values as text, by their full keys; one at least
     */
    record Found(SortedMap<String, String> values) implements KeyState {
        public Found {
            values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
        }

        /** Names of the keys: values may be secrets. */
        @Override
        public String toString() {
            return "Found" + values.keySet();
        }
    }

    /**
     * There is nothing, or nothing that the token may read.
     */
    record Missing() implements KeyState {}

    /**
     * Consul did not say.
     *
     * @param reason why, in one line
     */
    record Unavailable(String reason) implements KeyState {}
}
