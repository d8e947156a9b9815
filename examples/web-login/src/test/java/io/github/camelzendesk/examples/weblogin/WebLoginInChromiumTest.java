package io.github.camelzendesk.examples.weblogin;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

@ExtendWith(ZendeskExtension.class)
class WebLoginInChromiumTest {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

    @TempDir
    Path profile;

    @Test
    void aPersonConnectsSeesTheTicketsAndDisconnects(ZendeskServer zendesk) throws Exception {
        ChromeDriver chromium = start("--blink-settings=preferredColorScheme=1");
        try (Running application = Running.on(zendesk)) {
            chromium.get(application.at("/").toString());
            screenshot(chromium, "web-login-welcome");
            press(chromium, "connect");
            press(chromium, "allow");

            awaitPage(chromium, "Latest tickets");
            assertThat(chromium.getCurrentUrl()).isEqualTo(application.at("/").toString());
            assertThat(chromium.findElements(By.className("subject")))
                    .extracting(element -> element.getText())
                    .containsExactly("My printer is on fire", "Where is my order?");
            screenshot(chromium, "web-login-tickets");
            press(chromium, "disconnect");

            awaitPage(chromium, "Your Zendesk tickets");
            assertThat(zendesk.liveRefreshTokens()).isEmpty();
            assertNoViolation(chromium);
        } finally {
            chromium.quit();
        }
    }

    @Test
    void aPersonWhoPressesDenyIsToldSoInTheDark(ZendeskServer zendesk) throws Exception {
        ChromeDriver chromium = start("--blink-settings=preferredColorScheme=0");
        try (Running application = Running.on(zendesk)) {
            chromium.get(application.at("/").toString());
            press(chromium, "connect");
            press(chromium, "deny");

            awaitPage(chromium, "Not connected");
            screenshot(chromium, "web-login-denied");
            press(chromium, "again");
            press(chromium, "allow");

            awaitPage(chromium, "Latest tickets");
            assertThat(chromium.findElements(By.className("subject"))).hasSize(2);
            screenshot(chromium, "web-login-tickets-dark");
            assertNoViolation(chromium);
        } finally {
            chromium.quit();
        }
    }

    private static void press(ChromeDriver chromium, String id) {
        whileAPageArrives().untilAsserted(() -> chromium.findElement(By.id(id)).click());
    }

    private static void awaitPage(ChromeDriver chromium, String heading) {
        whileAPageArrives().until(() -> chromium.findElement(By.tagName("h1")).getText(), heading::equals);
    }

    // A click returns before the page it leads to is there, and an element may be of the page that leaves.
    private static ConditionFactory whileAPageArrives() {
        return Awaitility.await().atMost(Duration.ofMinutes(1)).ignoreExceptionsInstanceOf(WebDriverException.class);
    }

    private static void screenshot(ChromeDriver chromium, String name) throws Exception {
        Files.write(Path.of("target", name + ".png"), chromium.getScreenshotAs(OutputType.BYTES));
    }

    private static void assertNoViolation(ChromeDriver chromium) {
        assertThat(chromium.manage().logs().get("browser").getAll())
                .noneMatch(entry -> entry.getMessage().contains("Content Security Policy"));
    }

    private ChromeDriver start(String colours) {
        assumeTrue(
                Files.exists(CHROMIUM) && Files.exists(DRIVER),
                "Chromium is not here: install the packages chromium and chromium-driver to run this test");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--window-size=1000,700",
                colours,
                "--user-data-dir=" + profile);
        return new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(DRIVER.toFile())
                        .build(),
                options);
    }
}
