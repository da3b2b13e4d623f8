package dev.rollcall.launcher.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import dev.rollcall.launcher.platform.Port;
import dev.rollcall.launcher.testing.UserPlatform;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Makes the pictures of README.md: run by {@code ops/screenshots}, and no test. */
class Screenshots {
    private static final Duration HISTORY = Duration.ofMinutes(3);

    @TempDir
    private Path state = Path.of("");

    @Test
    void makePictures() {
        try (UserPlatform platform = UserPlatform.up(state);
                Playwright playwright = ConsolePage.playwright();
                Browser browser =
                        ConsolePage.browser(playwright, platform.workspace().tool("chromium"))) {
            platform.rollcall("scale", "coupon-service=3");
            platform.rollcall("traffic", "--rate", "12", "--duration", HISTORY.toSeconds() + "s");
            Path folder = platform.workspace().ops("console/screenshots");
            try (ConsolePage page = ConsolePage.open(
                    browser, platform.url(Port.CONSOLE), "/d/rollcall-business?from=now-5m&theme=dark")) {
                picture(page, folder.resolve("business.png"), ".panel[data-state=drawn]", 900);
            }
            platform.rollcall("kill", platform.newest("coupon-service"));
            try (ConsolePage page = ConsolePage.open(browser, platform.url(Port.CONSOLE), "/?theme=dark")) {
                picture(page, folder.resolve("roll-call.png"), ".card .alert[data-state=firing]", 760);
            }
            try (ConsolePage page = ConsolePage.open(browser, platform.url(Port.CONSOLE), "/?theme=light&lang=zh")) {
                picture(page, folder.resolve("roll-call-zh.png"), ".card .alert[data-state=firing]", 760);
            }
        }
    }

    private static void picture(ConsolePage page, Path file, String ready, int height) {
        page.page().setViewportSize(1440, height);
        page.await(ready);
        // a few rounds more, for figures and fonts to come in
        page.page().waitForTimeout(3_000);
        page.page().screenshot(new Page.ScreenshotOptions().setPath(file));
    }
}
