/**
 * Metrics for Prometheus: one registry, its endpoint on the admin socket, the HTTP meters, and the meters of the JVM
 * and the process.
 *
 * <p>Declare business meters on the feature's registry:
 * {@snippet lang="java" :
 * ScrapeFeature scrape = ScrapeFeature.create(config.get("server.features.scrape"));
 * Counter processed = Counter.builder("orders.processed").tag("result", "success").register(scrape.registry());
 * WebServer.builder().config(config.get("server")).addFeature(scrape).build().start();
 * }
 */
@NullMarked
package dev.rollcall.discovery.scrape;

import org.jspecify.annotations.NullMarked;
