package dev.rollcall.launcher.doctor;

import dev.rollcall.launcher.catalogue.Exposition;
import dev.rollcall.rollcall.Line;
import dev.rollcall.rollcall.ServiceEntry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;

/** The steps for an instance's metrics endpoint. */
final class EndpointSteps {

    private static final int CONNECT_MILLIS = 2_000;

    private static final String TOKEN =
            "it is in .rollcall/tokens/prometheus or, with Docker, in the volume prometheus-secrets";

    private EndpointSteps() {}

    static List<Step<ExaminedInstance>> all() {
        return List.of(
                new Step<>("port", instance -> instance.mapEntry(EndpointSteps::portIsOpen)),
                new Step<>("http", instance -> instance.mapEntry(entry -> answersScrapes(instance, entry))),
                new Step<>(
                        "exposition",
                        instance -> instance.mapEntry(entry -> instance.scrape().map(EndpointSteps::isReadable))));
    }

    /** Something listens at the registered address of its metrics. */
    private static Finding portIsOpen(ServiceEntry entry) {
        URI uri;
        try {
            uri = entry.scrapeUri();
        } catch (IllegalArgumentException e) {
            return new Finding.Blocked(
                    Line.first(String.valueOf(e.getMessage())), "register it with a valid address and port");
        }
        String place = uri.getAuthority();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()), CONNECT_MILLIS);
            return new Finding.Passed(place + " is open");
        } catch (UnknownHostException e) {
            return new Finding.Blocked(
                    "no address is known for the name " + uri.getHost(),
                    "register it with an address, or with a name that resolves on Prometheus's machine");
        } catch (SocketTimeoutException e) {
            return new Finding.Blocked(
                    place + " accepts no connection within 2 s",
                    "let Prometheus's machine connect to it (firewall, route)");
        } catch (IOException e) {
            return new Finding.Blocked(
                    "nothing listens at %s (%s)".formatted(place, e.getMessage()),
                    entry.meta().containsKey("metrics_port")
                            ? "start it, or register it with the correct metrics_port"
                            : "register it with the meta metrics_port if its metrics have their own port");
        }
    }

    /** It answers a scrape with 200 in time. */
    private static Finding answersScrapes(ExaminedInstance instance, ServiceEntry entry) {
        Answer<Scraper.Response> scrape = instance.scrape();
        return scrape.value()
                .map(response -> isOk(instance, entry, response))
                .orElseGet(() -> new Finding.Blocked(
                        scrape.failure(),
                        "correct metrics_port and metrics_scheme if they are wrong; if it is slow: Prometheus waits at most"
                                + " %d s"
                                        .formatted(instance.platform()
                                                .howItScrapes()
                                                .timeout()
                                                .toSeconds())));
    }

    private static Finding isOk(ExaminedInstance instance, ServiceEntry entry, Scraper.Response response) {
        String problem = "%s answers %d".formatted(entry.scrapeUri(), response.status());
        return switch (response.status()) {
            case 200 ->
                new Finding.Passed(
                        response.uri().equals(entry.scrapeUri())
                                ? "200"
                                : "200 to Prometheus; taken to be as %s, of the same release"
                                        .formatted(response.uri()));
            case 401, 403 ->
                new Finding.Blocked(
                        problem + (entry.wantsToken() ? " to Prometheus's token" : " to a scrape without a token"),
                        entry.wantsToken()
                                ? "make the service accept the token that Prometheus sends: " + TOKEN
                                : "register it with the meta metrics_auth=bearer, and make it accept the token that"
                                        + " Prometheus sends: " + TOKEN);
            case 404, 405, 410 ->
                new Finding.Blocked(problem, "register it with the metrics_path at which it serves its metrics");
            default ->
                response.status() >= 500
                        ? new Finding.Blocked(
                                problem + ": " + Line.first(response.body()), instance.log() + " shows why it fails")
                        : new Finding.Blocked(problem, "make it answer 200 to a GET");
        };
    }

    /** Its answer contains samples in a format that Prometheus can read. */
    private static Finding isReadable(Scraper.Response response) {
        try {
            int samples = response.exposition().samples().size();
            return samples == 0
                    ? new Finding.Blocked(
                            "it exposes no samples", "register its metrics in the registry that the endpoint exposes")
                    : new Finding.Passed(samples + " samples");
        } catch (Exposition.Malformed e) {
            return new Finding.Blocked(
                    Line.first(
                            "its metrics cannot be parsed: %s (%s)".formatted(e.getMessage(), response.contentType())),
                    "make it serve the Prometheus text format; promtool check metrics validates it");
        }
    }
}
