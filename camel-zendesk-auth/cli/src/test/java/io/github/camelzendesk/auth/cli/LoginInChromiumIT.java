package io.github.camelzendesk.auth.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** A person in front of a browser, and an application that waits for the login. */
@ExtendWith(ZendeskExtension.class)
class LoginInChromiumIT {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Pattern ADDRESS = Pattern.compile("Log in to Zendesk here: (\\S+)");

    @TempDir
    Path home;

    @TempDir
    Path profile;

    @Test
    void aRunningApplicationGoesOnWithTheLoginOfTheCommand(ZendeskServer zendesk) throws Exception {
        assumeTrue(
                Files.exists(CHROMIUM) && Files.exists(DRIVER),
                "Chromium is not here: install the packages chromium and chromium-driver to run this test");
        String callback = Shell.callback();
        RegisteredClient client = zendesk.confidentialClient("desktop", callback);
        Path settings = home.resolve("acme.json");
        String endpoint = "zendesk-auth:acme?url=" + zendesk.url() + "&initiateOAuth=REFRESH&oauthClientId=desktop"
                + "&oauthClientSecret=" + client.secret() + "&oauthSettingsLocation=" + settings;
        try (CamelContext camel = new DefaultCamelContext()) {
            camel.start();
            ProducerTemplate application = camel.createProducerTemplate();
            assertThat(application.request(endpoint, message -> {}).getException())
                    .hasMessageContaining("must log in");

            Process login = new Launcher(home)
                    .grant(zendesk, client, settings)
                    .start("exec zendesk-auth login --callback-url " + callback);
            allow(addressOf(login.inputReader()));

            assertThat(login.waitFor()).isZero();
            await().until(
                            () -> application
                                    .request(endpoint, message -> {})
                                    .getMessage()
                                    .getHeader("Authorization", String.class),
                            header -> header != null && zendesk.isLive(header.substring("Bearer ".length())));
            assertThat(zendesk.tokenRequestCount()).isEqualTo(1);
        }
    }

    private static String addressOf(BufferedReader printed) throws IOException {
        String line = printed.readLine();
        while (line != null) {
            Matcher address = ADDRESS.matcher(line);
            if (address.find()) {
                return address.group(1);
            }
            line = printed.readLine();
        }
        throw new AssertionError("The command ended without an address");
    }

    private void allow(String address) throws IOException {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--window-size=1000,700",
                "--user-data-dir=" + profile);
        ChromeDriver chromium = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(DRIVER.toFile())
                        .build(),
                options);
        try {
            chromium.get(address);
            chromium.findElement(By.id("allow")).click();
            await().until(() -> chromium.findElements(By.cssSelector("main.ok")), found -> found.size() == 1);
            Files.write(Path.of("target", "login.png"), chromium.getScreenshotAs(OutputType.BYTES));
        } finally {
            chromium.quit();
        }
    }
}
