package dev.rollcall.launcher;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What Consul and Prometheus said when they were asked.
 *
 * @param registered what Consul said; empty if it did not answer
 * @param targets what Prometheus said; empty if it did not answer
 * @param totals by instance, orders or redemptions so far
 * @param rates by instance, how many more a second
 * @param problems who did not answer
 */
record Evidence(
        Optional<List<ConsulView.Registered>> registered,
        Optional<List<PrometheusView.Target>> targets,
        Map<String, Double> totals,
        Map<String, Double> rates,
        List<String> problems,
        Instant at) {

    static Evidence gather(ConsulView consul, PrometheusView prometheus, Clock clock) {
        List<String> problems = new ArrayList<>();
        Optional<List<ConsulView.Registered>> registered = Optional.empty();
        try {
            registered = Optional.of(consul.instances());
        } catch (HttpJson.Unanswered e) {
            problems.add("Consul: " + e.getMessage());
        }
        try {
            return new Evidence(
                    registered,
                    Optional.of(prometheus.targets()),
                    prometheus.businessTotals(),
                    prometheus.businessRates(),
                    problems,
                    clock.instant());
        } catch (HttpJson.Unanswered e) {
            problems.add("Prometheus: " + e.getMessage());
            return new Evidence(registered, Optional.empty(), Map.of(), Map.of(), problems, clock.instant());
        }
    }
}
