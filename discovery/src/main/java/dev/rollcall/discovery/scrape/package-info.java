/**
 * What Prometheus scrapes: one registry, an endpoint on the admin socket that serves it, the HTTP meters of every
 * service, and the meters of the JVM and the process.
 *
 * <p>Business meters are declared on the feature's registry:
 * {@snippet lang="java" :
 * ScrapeFeature scrape = ScrapeFeature.create(config.get("server.features.scrape"));
 * Counter processed = Counter.builder("orders.processed").tag("result", "success").register(scrape.registry());
 * WebServer.builder().config(config.get("server")).addFeature(scrape).build().start();
 * }
 */
@NullMarked
package dev.rollcall.discovery.scrape;

import org.jspecify.annotations.NullMarked;
