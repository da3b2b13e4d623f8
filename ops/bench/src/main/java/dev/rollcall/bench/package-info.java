/**
 * This library measured beside Spring Cloud Consul, in one run against the same kind of Consul. A {@code *Measurement} takes
 * one kind of figure and gives the rows it puts into the table; nothing here is a test, and nothing fails for being slow.
 * Run it by {@code mvn -q -Pbench -pl ops/bench -am verify}; with {@code -Dbench=http}
 * it measures HTTP beside Gin instead.
 */
@NullMarked
package dev.rollcall.bench;

import org.jspecify.annotations.NullMarked;
