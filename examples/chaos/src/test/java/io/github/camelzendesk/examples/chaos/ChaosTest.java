package io.github.camelzendesk.examples.chaos;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** Short in each build; {@code -Psoak} makes it ten minutes with eight processes, by the same program. */
@EnabledOnOs(OS.LINUX)
class ChaosTest {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Pattern URL = Pattern.compile("http://\\S+/");

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private CompletableFuture<Integer> exitCode;
    private String url;
    private volatile boolean seen;

    @TempDir
    Path profile;

    @BeforeEach
    void start() {
        List<String> arguments =
                List.of(System.getProperty("chaos.arguments", "").split(" "));
        exitCode = CompletableFuture.supplyAsync(() -> run(arguments));
        eventually().until(() -> exitCode.isDone() || URL.matcher(output()).find());
        Matcher page = URL.matcher(output());
        assertThat(page.find()).as(output()).isTrue();
        url = page.group();
    }

    @AfterEach
    void end() {
        seen = true;
        exitCode.join();
        System.out.println(output());
    }

    @Test
    void processesThatShareAGrantLoseNoneWithoutACauseAndAPageShowsThemInABrowser() throws Exception {
        eventually().until(() -> state().path("perSecond").size() > 0);
        if (Files.exists(CHROMIUM) && Files.exists(DRIVER)) {
            look();
        }
        JsonNode state = state();
        seen = true;
        assertThat(exitCode.join()).as(output()).isZero();

        assertThat(state.path("processes")).isNotEmpty().allSatisfy(process -> assertThat(
                        process.path("condition").asText())
                .isNotBlank());
        assertThat(state.path("good").asInt()).isPositive();
        assertThat(state.path("latency").path("p50").asDouble()).isPositive();
        assertThat(state.toString() + output()).doesNotContainPattern(ChaosRun.SECRET);
        assertThat(output()).contains("injected: {").contains("Nothing happened that must not.");
    }

    /** The number of calls grows while a browser looks. */
    private void look() throws Exception {
        ChromeDriver chromium = chromium();
        try {
            chromium.get(url);
            eventually().until(() -> served(chromium) > 0);
            long before = served(chromium);
            eventually().until(() -> served(chromium) > before);
            assertThat(chromium.findElements(By.cssSelector("#processes li"))).isNotEmpty();
            assertThat(chromium.findElement(By.id("verdict")).getText()).isEqualTo("Holds so far");
            Files.write(Path.of("target", "chaos.png"), chromium.getScreenshotAs(OutputType.BYTES));
            assertThat(chromium.manage().logs().get("browser").getAll()).isEmpty();
        } finally {
            chromium.quit();
        }
    }

    private static long served(ChromeDriver chromium) {
        // In one step, as the page replaces its elements twice a second.
        Object served = chromium.executeScript(
                "return document.querySelector('[data-figure=\"Calls served\"] dd')?.firstChild.data ?? '0'");
        return Long.parseLong(String.valueOf(served).replace(",", ""));
    }

    private static ConditionFactory eventually() {
        return Awaitility.await().atMost(Duration.ofMinutes(3)).ignoreExceptionsInstanceOf(WebDriverException.class);
    }

    private int run(List<String> arguments) {
        try {
            PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
            return Chaos.run(arguments, out, out, () -> seen);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private String output() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    private JsonNode state() throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url + "state.json")).build();
        return new ObjectMapper()
                .readTree(HttpClient.newHttpClient()
                        .send(request, BodyHandlers.ofString())
                        .body());
    }

    private ChromeDriver chromium() {
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
                "--window-size=1280,1400",
                "--user-data-dir=" + profile);
        return new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(DRIVER.toFile())
                        .build(),
                options);
    }
}
