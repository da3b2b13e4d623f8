package dev.rollcall.launcher.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import dev.rollcall.launcher.platform.Port;
import dev.rollcall.launcher.testing.UserPlatform;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Takes the screenshots of README.md. Not a test; {@code ops/screenshots} runs it. */
class Screenshots {
    private static final Duration HISTORY = Duration.ofMinutes(3);
    /** Between two frames of the moving picture. */
    private static final Duration EVERY = Duration.ofSeconds(2);

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

    /** An instance is killed, named, alerted about, started again, and accounted for. */
    @Test
    void makeMovingPicture() throws IOException {
        try (UserPlatform platform = UserPlatform.up(state);
                Playwright playwright = ConsolePage.playwright();
                Browser browser =
                        ConsolePage.browser(playwright, platform.workspace().tool("chromium"));
                ConsolePage page = ConsolePage.open(browser, platform.url(Port.CONSOLE), "/?theme=dark")) {
            page.page().setViewportSize(1080, 720);
            page.await("[data-complete=true]");
            page.page().waitForTimeout(3_000);
            MovingPicture picture = new MovingPicture();
            film(page, picture, Duration.ofSeconds(3), Duration.ofSeconds(1));
            platform.rollcall("kill", platform.newest("coupon-service"));
            recordUntil(page, picture, ".card .alert[data-state=firing]");
            film(page, picture, Duration.ofSeconds(4), Duration.ofSeconds(1));
            Process up = platform.start("up", "--detach", "--engine", "local");
            recordUntil(page, picture, "[data-complete=true]");
            platform.finish(up);
            film(page, picture, Duration.ofSeconds(4), Duration.ofMillis(1_500));
            picture.write(platform.workspace().ops("console/screenshots/kill-and-heal.gif"));
        }
    }

    private static void recordUntil(ConsolePage page, MovingPicture picture, String sign) throws IOException {
        for (int frame = 0; frame < 90 && page.find(sign).count() == 0; frame++) {
            // waiting is shown in less time than it takes
            film(page, picture, EVERY, Duration.ofMillis(700));
        }
        page.await(sign);
    }

    private static void film(ConsolePage page, MovingPicture picture, Duration time, Duration shown)
            throws IOException {
        for (Duration filmed = Duration.ZERO; filmed.compareTo(time) < 0; filmed = filmed.plus(EVERY)) {
            picture.add(page.page().screenshot(), shown);
            page.page().waitForTimeout((double) EVERY.toMillis());
        }
    }

    private static void picture(ConsolePage page, Path file, String ready, int height) {
        page.page().setViewportSize(1440, height);
        page.await(ready);
        // waits for figures and fonts
        page.page().waitForTimeout(3_000);
        page.page().screenshot(new Page.ScreenshotOptions().setPath(file));
    }
}
