package dev.rollcall.launcher.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** A page in headless Chromium. Records console errors and calls to other hosts. */
final class ConsolePage implements AutoCloseable {
    private static final List<String> QUIET = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");
    private static final double TIMEOUT_MILLIS = 120_000;

    private final Page page;
    private final List<String> complaints = new ArrayList<>();

    private ConsolePage(Page page, URI home) {
        this.page = page;
        page.setDefaultTimeout(TIMEOUT_MILLIS);
        page.onConsoleMessage(message -> {
            // Chromium reports violations of the Content-Security-Policy here too
            if (List.of("error", "warning").contains(message.type())) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        page.onRequest(request -> {
            if (!URI.create(request.url()).getAuthority().equals(home.getAuthority())) {
                complaints.add("called " + request.url());
            }
        });
    }

    static Browser browser(Playwright playwright, Path chromium) {
        return playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium)
                        .setTimeout(TIMEOUT_MILLIS)
                        .setArgs(QUIET));
    }

    /** Playwright with our browser instead of a downloaded one. */
    static Playwright playwright() {
        return Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    }

    /** A page high enough to show all panels. */
    static ConsolePage open(Browser browser, URI home, String path) {
        Page page = browser.newPage(new Browser.NewPageOptions()
                .setViewportSize(1600, 3600)
                .setLocale("en-US")
                .setColorScheme(ColorScheme.DARK));
        ConsolePage opened = new ConsolePage(page, home);
        page.navigate(home.resolve(path).toString());
        return opened;
    }

    Page page() {
        return page;
    }

    Locator find(String selector) {
        return page.locator(selector);
    }

    void await(String selector) {
        page.locator(selector).first().waitFor();
    }

    void awaitHidden(String selector) {
        page.locator(selector).waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
    }

    /** Waits for a compound condition on this thread, because Playwright is single-threaded. */
    static ConditionFactory await(Duration atMost) {
        return Awaitility.await()
                .pollInSameThread()
                .pollInterval(Duration.ofMillis(200))
                .atMost(atMost);
    }

    /** Errors and warnings of the page's console, exceptions, and calls to other hosts. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    @Override
    public void close() {
        page.close();
    }
}
