package io.github.camelzendesk.auth.springboot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.GeneratedFiles;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.FieldHint;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.core.env.MapPropertySource;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.javapoet.ClassName;
import org.springframework.util.ReflectionUtils;

import static org.assertj.core.api.Assertions.assertThat;

/** What Spring writes of the starter at build time, for a start without reflection. */
class AheadOfTimeTest {
    private final RuntimeHints hints = new RuntimeHints();

    @Test
    void theBeansOfAConnectionAreWrittenWithItsNameAsTheirQualifier() {
        InMemoryGeneratedFiles files = new InMemoryGeneratedFiles();
        try (AnnotationConfigApplicationContext application = new AnnotationConfigApplicationContext()) {
            application
                    .getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource(
                            "test", Map.of("camel.component.zendesk-auth.connections.acme.url", "acme")));
            application.register(Beans.class);
            DefaultGenerationContext generated =
                    new DefaultGenerationContext(new ClassNameGenerator(ClassName.get("test", "Application")), files);
            new ApplicationContextAotGenerator().processAheadOfTime(application, generated);
            generated.writeGeneratedContent();
        }

        assertThat(content(files))
                .contains(
                        "\"zendesk-auth:acme\"",
                        "\"zendesk-auth:acme:rest-client\"",
                        "\"zendesk-auth:acme:web-client\"")
                .contains("AutowireCandidateQualifier(", "\"acme\"");
    }

    @Test
    void theOptionsCanBeRead() {
        new StarterHints().registerHints(hints, getClass().getClassLoader());

        for (Class<?> options : List.of(ZendeskAuthOptions.class, ZendeskAuthComponentOptions.class)) {
            assertThat(hints.reflection().getTypeHint(options).getMemberCategories())
                    .contains(MemberCategory.INVOKE_DECLARED_METHODS);
        }
    }

    static Stream<Map.Entry<String, Supplier<ClientHttpRequestFactory>>> factories() {
        return RequestFactories.others().entrySet().stream();
    }

    @ParameterizedTest
    @MethodSource("factories")
    void whatARequestIsSentWithCanBeRead(Map.Entry<String, Supplier<ClientHttpRequestFactory>> factory)
            throws IOException {
        new StarterHints().registerHints(hints, getClass().getClassLoader());
        Class<?> request = factory.getValue()
                .get()
                .createRequest(URI.create("http://127.0.0.1/"), HttpMethod.GET)
                .getClass();

        assertThat(hints.reflection().getTypeHint(request).fields())
                .extracting(FieldHint::getName)
                .singleElement()
                .matches(name -> ReflectionUtils.findField(request, name) != null);
    }

    private static String content(InMemoryGeneratedFiles files) {
        return files.getGeneratedFiles(GeneratedFiles.Kind.SOURCE).keySet().stream()
                .map(path -> {
                    try {
                        return files.getGeneratedFileContent(GeneratedFiles.Kind.SOURCE, path);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .collect(Collectors.joining());
    }

    @Configuration(proxyBeanMethods = false)
    @Import(ConnectionBeans.class)
    static class Beans {}
}
