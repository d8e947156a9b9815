package io.github.camelzendesk.auth.springboot;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/** What the starter reads by reflection, for native images: its options, and what {@link Redirects} looks into. Stateless. */
final class StarterHints implements RuntimeHintsRegistrar {
    private static final String SPRING = "org.springframework.http.client.";
    private static final String APACHE = "org.apache.hc.client5.http.impl.";

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
        ReflectionHints reflection = hints.reflection();
        for (Class<?> options : List.of(ZendeskAuthOptions.class, ZendeskAuthComponentOptions.class)) {
            reflection.registerType(options, MemberCategory.INVOKE_DECLARED_METHODS);
        }
        field(reflection, classLoader, SPRING + "InterceptingClientHttpRequest", "requestFactory");
        field(reflection, classLoader, SPRING + "BufferingClientHttpRequestWrapper", "request");
        field(reflection, classLoader, SPRING + "SimpleClientHttpRequest", "connection");
        field(reflection, classLoader, SPRING + "JdkClientHttpRequest", "httpClient");
        field(reflection, classLoader, SPRING + "JettyClientHttpRequest", "request");
        field(reflection, classLoader, SPRING + "ReactorClientHttpRequest", "httpClient");
        field(reflection, classLoader, SPRING + "HttpComponentsClientHttpRequest", "httpClient");
        field(reflection, classLoader, APACHE + "classic.InternalHttpClient", "execChain");
        field(reflection, classLoader, APACHE + "classic.ExecChainElement", "handler");
        field(reflection, classLoader, APACHE + "classic.ExecChainElement", "next");
        field(reflection, classLoader, APACHE + "classic.RedirectExec", "redirectStrategy");
        methods(reflection, classLoader, APACHE + "DefaultRedirectStrategy");
        methods(reflection, classLoader, "org.eclipse.jetty.client.transport.HttpRequest");
        methods(reflection, classLoader, "reactor.netty.http.client.HttpClientConnect");
        methods(reflection, classLoader, "reactor.netty.http.client.HttpClientConfig");
    }

    private static void field(
            ReflectionHints reflection, @Nullable ClassLoader classLoader, String type, String field) {
        reflection.registerTypeIfPresent(classLoader, type, hint -> hint.withField(field));
    }

    private static void methods(ReflectionHints reflection, @Nullable ClassLoader classLoader, String type) {
        reflection.registerTypeIfPresent(classLoader, type, MemberCategory.INVOKE_DECLARED_METHODS);
    }
}
