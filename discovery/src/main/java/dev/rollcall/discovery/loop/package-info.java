/**
 * Background work that only its owner ends: a loop that survives failing steps, and exponential backoff.
 *
 * {@snippet lang="java" :
 * var loop = new BackgroundLoop("recovery", this::round, this::failed, Duration.ofSeconds(1), Duration.ofSeconds(30));
 * loop.start();
 * }
 */
@NullMarked
package dev.rollcall.discovery.loop;

import org.jspecify.annotations.NullMarked;
