package dev.rollcall.bench;

import java.util.List;

/** Takes one kind of figure of both, and cleans up whatever it started. */
@FunctionalInterface
interface Measurement {
    List<Row> run() throws Exception;
}
