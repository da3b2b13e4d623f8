package dev.rollcall.bench;

import dev.rollcall.discovery.testing.ConsulHttp;

/** Instances that only stand in Consul. */
final class Catalog {
    private final ConsulHttp consul;

    Catalog(ConsulHttp consul) {
        this.consul = consul;
    }

    /** Registers as many, each with tags and meta as a real one has. */
    void register(String service, int instances) {
        for (int i = 0; i < instances; i++) {
            register(service, service + "-" + i, 10_000 + i);
        }
    }

    void register(String service, String id, int port) {
        consul.put("/v1/agent/service/register", """
                {"Name": "%s", "ID": "%s", "Address": "127.0.0.1", "Port": %d, "Tags": ["metrics"],
                 "Meta": {"metrics_port": "%d", "metrics_path": "/metrics", "metrics_scheme": "http",
                          "env": "bench", "version": "1.0.0"}}""".formatted(service, id, port, port));
    }

    void deregister(String id) {
        consul.put("/v1/agent/service/deregister/" + id, "");
    }
}
