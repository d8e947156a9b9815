package io.github.camelzendesk.auth.routes;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import org.apache.camel.Exchange;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

import io.github.camelzendesk.auth.CamelFixture;
import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

@ExtendWith(ZendeskExtension.class)
class ConsentInChromiumTest {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

    @TempDir
    Path profile;

    @Test
    void aPersonPressesAllowAndSeesThatTheLoginSucceeded(ZendeskServer zendesk) throws Exception {
        assertThat(login(zendesk, "allow", "ok").getMessage().getHeader("Authorization", String.class))
                .startsWith("Bearer ");
    }

    @Test
    void aPersonPressesDenyAndTheLoginEndsAtOnce(ZendeskServer zendesk) throws Exception {
        assertThat(login(zendesk, "deny", "no").getException()).hasMessageContaining("refused in the browser");
    }

    private Exchange login(ZendeskServer zendesk, String button, String mark) throws Exception {
        assumeTrue(
                Files.exists(CHROMIUM) && Files.exists(DRIVER),
                "Chromium is not here: install the packages chromium and chromium-driver to run this test");
        String callback;
        try (ServerSocket socket = new ServerSocket(0)) {
            callback = "http://localhost:" + socket.getLocalPort();
        }
        RegisteredClient client = zendesk.confidentialClient("desktop", callback);
        ChromeDriver chromium = start();
        CompletableFuture<Void> person = new CompletableFuture<>();
        try (CamelFixture camel = CamelFixture.withBrowser(address -> {
            person.completeAsync(() -> {
                chromium.get(address.toString());
                chromium.findElement(By.id(button)).click();
                return null;
            });
            return true;
        })) {
            Exchange exchange = camel.send("zendesk-auth:acme?url=" + zendesk.url()
                    + "&initiateOAuth=GETANDREFRESH&oauthClientId=desktop&oauthClientSecret=" + client.secret()
                    + "&callbackUrl=" + callback + "&oauthSettingsLocation=memory:" + UUID.randomUUID());
            person.join();
            Awaitility.await()
                    .until(() -> chromium.findElements(By.cssSelector("main." + mark)), found -> found.size() == 1);
            Files.write(Path.of("target", "login-" + mark + ".png"), chromium.getScreenshotAs(OutputType.BYTES));
            assertThat(chromium.manage().logs().get("browser").getAll())
                    .noneMatch(entry -> entry.getMessage().contains("Content Security Policy"));
            return exchange;
        } finally {
            chromium.quit();
        }
    }

    private ChromeDriver start() {
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
                "--user-data-dir=" + profile);
        return new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(DRIVER.toFile())
                        .build(),
                options);
    }
}
