package io.github.camelzendesk.auth.dsl;

import org.apache.camel.main.Main;

class XmlDslTest extends RoutesOfADsl {
    private static final String ROUTES =
            """
            <camel xmlns="http://camel.apache.org/schema/xml-io">
              <route>
                <from uri="direct:header"/>
                <to uri="zendesk-auth:acme?marketplaceName=robot"/>
                <to uri="{{zendesk}}/api/v2/users/me.json?httpMethod=GET"/>
                <removeHeader name="Authorization"/>
              </route>
              <route>
                <from uri="direct:policy"/>
                <policy ref="zendeskPolicy">
                  <to uri="{{zendesk}}/api/v2/users/me.json?httpMethod=GET"/>
                </policy>
              </route>
              <routeTemplate id="tickets-of">
                <templateParameter name="tenant"/>
                <route>
                  <from uri="direct:{{tenant}}"/>
                  <to uri="zendesk-auth:{{tenant}}"/>
                  <to uri="{{zendesk}}/api/v2/users/me.json?httpMethod=GET"/>
                  <removeHeader name="Authorization"/>
                </route>
              </routeTemplate>
            </camel>
            """;

    @Override
    void addRoutes(Main main) throws Exception {
        addRoutes(main, "routes.camel.xml", ROUTES);
    }
}
