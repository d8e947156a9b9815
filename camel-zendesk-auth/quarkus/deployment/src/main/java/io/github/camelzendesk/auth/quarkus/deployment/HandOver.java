package io.github.camelzendesk.auth.quarkus.deployment;

import io.quarkus.bootstrap.classloading.QuarkusClassLoader;

/**
 * The component's classes that need a library which an application may do without. Immutable.
 */
enum HandOver {
    CAMEL_HTTP("http.ZendeskHttpClientConfigurer", "org.apache.camel.component.http.HttpClientConfigurer"),
    ZENDESK_JAVA_CLIENT("ZendeskClientFactory", "org.zendesk.client.v2.Zendesk");

    private final String simpleName;
    private final String library;

    HandOver(String simpleName, String library) {
        this.simpleName = simpleName;
        this.library = library;
    }

    String className() {
        return "io.github.camelzendesk.auth." + simpleName;
    }

    boolean isUsable() {
        return QuarkusClassLoader.isClassPresentAtRuntime(library);
    }
}
