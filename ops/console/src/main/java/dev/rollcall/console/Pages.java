package dev.rollcall.console;

import io.helidon.webserver.http.HttpFeature;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.staticcontent.ClasspathHandlerConfig;
import io.helidon.webserver.staticcontent.StaticContentFeature;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/**
 * Serves the page and its scripts. All views share one page: {@code /} is the roll call, {@code /d/{uid}} a dashboard,
 * with the same path as in Grafana, so that links between dashboards work here too, and {@code /runbooks/{alert}} is a
 * runbook.
 */
final class Pages implements HttpFeature {
    private static final String PAGES = "web";
    private static final String PAGE = "index.html";

    @Override
    public void setup(HttpRouting.Builder routing) {
        routing.register("/d", page())
                .register("/runbooks", page())
                .register("/uplot", files(uplot()))
                .register("/", files(PAGES));
    }

    private static HttpService page() {
        return StaticContentFeature.createService(ClasspathHandlerConfig.builder()
                .location(PAGES)
                .pathMapper(path -> "/" + PAGE)
                .build());
    }

    private static HttpService files(String location) {
        return StaticContentFeature.createService(ClasspathHandlerConfig.builder()
                .location(location)
                .welcome(PAGE)
                .build());
    }

    /** The classpath folder of uPlot's WebJar, which contains its version. */
    private static String uplot() {
        Properties jar = new Properties();
        try (InputStream properties = Objects.requireNonNull(
                Pages.class.getResourceAsStream("/META-INF/maven/org.webjars.npm/uplot/pom.properties"),
                "uPlot's WebJar is not on the classpath")) {
            jar.load(properties);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "META-INF/resources/webjars/uplot/" + jar.getProperty("version") + "/dist";
    }
}
