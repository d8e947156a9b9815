package io.github.camelzendesk.auth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import io.github.camelzendesk.auth.http.ZendeskHttpClientConfigurer;
import io.github.camelzendesk.auth.options.Option;
import io.github.camelzendesk.auth.options.Options;
import io.github.camelzendesk.auth.testkit.ApiFault;
import io.github.camelzendesk.auth.testkit.TokenFault;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskOptions;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;

/** What the pages have a reader put into a project of their own. */
@ExtendWith(ZendeskExtension.class)
class DocumentedProjectsTest {
    private static final Path ROOT = Path.of("../..");
    private static final Path DOCS = ROOT.resolve("docs");
    private static final Pattern ARTIFACT = Pattern.compile(
            "<groupId>([^<]+)</groupId>\\s*<artifactId>([^<]+)</artifactId>(?:\\s*<version>([^<]+)</version>)?");
    private static final Pattern VERSION = Pattern.compile("<version>([^<$]+)</version>|\\.version>([^<]+)</");
    private static final Pattern URI = Pattern.compile("(zendesk-auth|kamelet):[^\\s\"'`?]*\\?[^\\s\"'`]*");
    private static final Pattern CALL = Pattern.compile("\\b(TokenFault|ApiFault|zendesk)\\.(\\w+)\\(");

    @Test
    void theirArtifactsAreThoseOfTheExamplesAndTheirVersionsThoseOfTheBuild() {
        String build = text(ROOT.resolve("pom.xml"));
        Set<String> versions = VERSION.matcher(build)
                .results()
                .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
                .collect(Collectors.toSet());
        Set<String> known = Stream.concat(
                        files(ROOT.resolve("examples"), name -> name.equals("pom.xml")),
                        Stream.of(ROOT.resolve("pom.xml"), ROOT.resolve("camel-zendesk-auth/bom/pom.xml")))
                .flatMap(pom -> ARTIFACT.matcher(text(pom)).results())
                .map(DocumentedProjectsTest::name)
                .collect(Collectors.toSet());
        known.addAll(Set.of(
                "com.example:tickets",
                "org.apache.camel.springboot:camel-yaml-dsl-starter",
                "org.springframework.boot:spring-boot-maven-plugin"));

        List<MatchResult> shown = files(DOCS, name -> name.endsWith(".adoc"))
                .flatMap(page -> ARTIFACT.matcher(text(page)).results())
                .toList();

        assertThat(shown).hasSizeGreaterThan(30);
        assertThat(shown).extracting(DocumentedProjectsTest::name).isSubsetOf(known);
        assertThat(shown)
                .extracting(artifact -> artifact.group(3))
                .filteredOn(version -> version != null && !version.equals("1.0"))
                .isSubsetOf(versions);
    }

    @Test
    void eachProjectOfThePageReadsTheRouteOfThePageAndSaysHowItRuns() {
        String[] sections = text(DOCS.resolve("your-project.adoc")).split("\\n== ");

        assertThat(sections)
                .filteredOn(section -> section.contains("<project"))
                .hasSize(3)
                .allSatisfy(section -> assertThat(section)
                        .containsPattern("<artifactId>camel-yaml-dsl(-starter)?</artifactId>")
                        .containsPattern("`(mvn|java) -?[^`]+`"));
    }

    private static String name(MatchResult artifact) {
        return artifact.group(1) + ":" + artifact.group(2);
    }

    @Test
    void noneOfTheirUrisHoldsASecret() {
        List<String> secrets = Options.ALL.stream()
                .filter(Option::isSecret)
                .map(option -> option.name() + "=")
                .toList();
        List<String> uris = Stream.of(
                        DOCS, ROOT.resolve("README.md"), ROOT.resolve("examples"), Path.of("src/main/docs"))
                .flatMap(place -> files(place, name -> name.matches(".*\\.(adoc|md|ya?ml|java|properties)")))
                .filter(file -> !file.toString().contains("/target/"))
                .flatMap(file -> URI.matcher(text(file)).results())
                .map(MatchResult::group)
                .toList();

        assertThat(uris).hasSizeGreaterThan(5).noneMatch(uri -> secrets.stream()
                .anyMatch(secret -> uri.contains(secret) && !uri.contains("RAW(")));
    }

    @Test
    void theFaultsOfTheTestkitHaveTheNamesThatThePageGivesThem() {
        String pages = text(DOCS.resolve("frameworks.adoc"));
        String page = pages.substring(pages.indexOf("[#testing]"), pages.indexOf("[#releases]"));

        assertThat(CALL.matcher(page).results())
                .hasSizeGreaterThan(20)
                .allSatisfy(call -> assertThat(methods(call.group(1))).contains(call.group(2)));
    }

    private static Stream<String> methods(String owner) {
        Class<?> type =
                switch (owner) {
                    case "TokenFault" -> TokenFault.class;
                    case "ApiFault" -> ApiFault.class;
                    default -> ZendeskServer.class;
                };
        return Stream.of(type.getMethods()).map(Method::getName);
    }

    @Test
    void theTestOfARouteOnThePageIsThisOne() {
        String page = text(DOCS.resolve("frameworks.adoc"));
        String body = page.substring(
                page.indexOf("zendesk.createTicket("), page.indexOf("assertThat(zendesk.tokenRequestCount"));
        String source =
                squeezed(text(Path.of("src/test/java/io/github/camelzendesk/auth/DocumentedProjectsTest.java")));

        assertThat(source).contains(squeezed(body));
    }

    /** Without comments and white space, which the formatter and the page may set otherwise. */
    private static String squeezed(String code) {
        return code.replaceAll("   // [^\n]*", "").replaceAll("\\s", "");
    }

    @Test
    void aTokenThatDiesIsReplaced(ZendeskServer zendesk) throws Exception {
        zendesk.createTicket("My printer is on fire");
        Main main = new Main();
        ZendeskOptions.ofService(zendesk)
                .forEach((option, value) -> main.addInitialProperty("camel.component.zendesk-auth." + option, value));
        main.start();
        try {
            main.getCamelContext().getRegistry().bind("acme", new ZendeskHttpClientConfigurer("zendesk-auth:acme"));
            String tickets = zendesk.url() + "/api/v2/tickets.json?httpClientConfigurer=#acme";
            main.getCamelTemplate().requestBody(tickets, null, String.class);
            zendesk.advance(Duration.ofHours(1));
            String body = main.getCamelTemplate().requestBody(tickets, null, String.class);

            assertThat(body).contains("My printer is on fire");
            assertThat(zendesk.tokenRequestCount()).isEqualTo(2);
        } finally {
            main.stop();
        }
    }

    private static Stream<Path> files(Path place, Predicate<String> isWanted) {
        try (Stream<Path> all = Files.walk(place)) {
            return all
                    .filter(Files::isRegularFile)
                    .filter(file -> isWanted.test(file.getFileName().toString()))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
