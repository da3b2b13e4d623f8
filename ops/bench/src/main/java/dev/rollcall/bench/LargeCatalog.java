package dev.rollcall.bench;

import dev.rollcall.discovery.testing.ConsulHttp;
import java.util.ArrayList;
import java.util.List;

/** Services with many instances that only stand in Consul, on a node of their own, each with a check. */
final class LargeCatalog {
    /** Consul takes 64 operations in a transaction. */
    private static final int INSTANCES_AT_ONCE = 32;

    private final ConsulHttp consul;

    LargeCatalog(ConsulHttp consul) {
        this.consul = consul;
        write(List.of("""
                {"Node": {"Verb": "set", "Node": {"Node": "bench", "Address": "127.0.0.1"}}}"""));
    }

    /** Registers a service whose instances pass. */
    void register(String service, int instances) {
        for (int first = 0; first < instances; first += INSTANCES_AT_ONCE) {
            List<String> operations = new ArrayList<>();
            for (int i = first; i < Math.min(instances, first + INSTANCES_AT_ONCE); i++) {
                operations.add("""
                        {"Service": {"Verb": "set", "Node": "bench", "Service": {
                         "Service": "%1$s", "ID": "%1$s-%2$d", "Address": "127.0.0.1", "Port": %3$d, "Tags": ["metrics"],
                         "Meta": {"metrics_port": "%3$d", "metrics_path": "/metrics", "metrics_scheme": "http",
                                  "env": "bench", "version": "1.0.0"}}}}""".formatted(service, i, 10_000 + i));
                operations.add(check(service, i, "passing"));
            }
            write(operations);
        }
    }

    /** Sets the check of one instance. */
    void set(String service, int instance, String status) {
        write(List.of(check(service, instance, status)));
    }

    private static String check(String service, int instance, String status) {
        return """
                {"Check": {"Verb": "set", "Check": {"Node": "bench", "CheckID": "%1$s-%2$d", "ServiceID": "%1$s-%2$d",
                 "Name": "HTTP GET", "Status": "%3$s", "Output": "HTTP GET http://127.0.0.1/: 200 OK"}}}""".formatted(service, instance, status);
    }

    private void write(List<String> operations) {
        consul.put("/v1/txn", "[" + String.join(",", operations) + "]");
    }
}
