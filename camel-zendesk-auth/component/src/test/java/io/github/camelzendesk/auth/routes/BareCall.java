package io.github.camelzendesk.auth.routes;

import io.github.camelzendesk.auth.CamelFixture;

/** One call of the component, for a class loader of its own. Stateless. */
public final class BareCall {
    private BareCall() {}

    public static String authorization(String uri) {
        try (CamelFixture camel = new CamelFixture()) {
            return camel.authorization(uri);
        }
    }
}
