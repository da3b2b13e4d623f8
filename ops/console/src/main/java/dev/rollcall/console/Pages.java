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
 * The page and what it is made of. Every view is the same page: {@code /} is the roll call, {@code /d/{uid}} a dashboard
 * at the address it has in Grafana, so that links between dashboards lead on here as well, and {@code /runbooks/{alert}}
 * a runbook.
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

    /** Where the WebJar has its files, which depends on its version. */
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
