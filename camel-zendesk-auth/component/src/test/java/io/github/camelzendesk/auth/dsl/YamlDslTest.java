package io.github.camelzendesk.auth.dsl;

import org.apache.camel.main.Main;

class YamlDslTest extends RoutesOfADsl {
    private static final String ROUTES =
            """
            - route:
                from:
                  uri: direct:header
                  steps:
                    - to:
                        uri: zendesk-auth
                        parameters:
                          connection: acme
                          marketplaceName: robot
                    - to:
                        uri: "{{zendesk}}/api/v2/users/me.json"
                        parameters:
                          httpMethod: GET
                    - removeHeader:
                        name: Authorization
            - route:
                from:
                  uri: direct:policy
                  steps:
                    - policy:
                        ref: zendeskPolicy
                        steps:
                          - to:
                              uri: "{{zendesk}}/api/v2/users/me.json"
                              parameters:
                                httpMethod: GET
            - routeTemplate:
                id: tickets-of
                parameters:
                  - name: tenant
                from:
                  uri: direct:{{tenant}}
                  steps:
                    - to: zendesk-auth:{{tenant}}
                    - to:
                        uri: "{{zendesk}}/api/v2/users/me.json"
                        parameters:
                          httpMethod: GET
                    - removeHeader:
                        name: Authorization
            """;

    @Override
    void addRoutes(Main main) throws Exception {
        addRoutes(main, "routes.camel.yaml", ROUTES);
    }
}
