/**
 * Background work that only its owner ends: a loop that survives what its steps throw, and delays that grow between
 * failures.
 *
 * {@snippet lang="java" :
 * var loop = new BackgroundLoop("recovery", this::round, this::failed, Duration.ofSeconds(1), Duration.ofSeconds(30));
 * loop.start();
 * }
 */
@NullMarked
package dev.rollcall.discovery.loop;

import org.jspecify.annotations.NullMarked;
