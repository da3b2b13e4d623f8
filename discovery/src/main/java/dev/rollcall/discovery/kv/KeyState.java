package dev.rollcall.discovery.kv;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** State of a key in Consul's KV store, or of all keys under a prefix. */
sealed interface KeyState {
    /**
     * There are values.
     *
     * @param values at least one value as text, by full key
     */
    record Found(SortedMap<String, String> values) implements KeyState {
        public Found {
            values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
        }

        /** The keys only: values may be secrets. */
        @Override
        public String toString() {
            return "Found" + values.keySet();
        }
    }

    /** There is no value that the token may read. */
    record Missing() implements KeyState {}

    /**
     * Consul did not answer.
     *
     * @param reason why, in one line
     */
    record Unavailable(String reason) implements KeyState {}
}
