package io.github.camelzendesk.auth.rewrite;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class XmlRoutesTest {
    private static final String FILE = "src/main/resources/routes.xml";

    private static String after(String source) {
        SourceTree tree = SourceTree.of(FILE, source).after(new MigrateXmlRoutes(null, null));
        assertThat(tree.after(new MigrateXmlRoutes(null, null)))
                .as("a second run")
                .isEqualTo(tree);
        return tree.text(FILE);
    }

    @Test
    void springsXmlGetsABeanOfSpring() {
        assertThat(
                        after(
                                """
                <beans xmlns="http://www.springframework.org/schema/beans">
                    <camelContext xmlns="http://camel.apache.org/schema/spring">
                        <route>
                            <from uri="timer:a"/>
                            <to uri="https://acme.zendesk.com/x?authUsername=a&amp;authPassword=RAW(b&amp;c)&amp;httpMethod=GET"/>
                        </route>
                    </camelContext>
                </beans>
                """))
                .isEqualTo(
                        """
                <beans xmlns="http://www.springframework.org/schema/beans">
                    <bean id="acme" class="io.github.camelzendesk.auth.http.ZendeskHttpClientConfigurer">
                        <property name="endpoint" value="zendesk-auth:acme"/>
                    </bean>
                    <camelContext xmlns="http://camel.apache.org/schema/spring">
                        <route>
                            <from uri="timer:a"/>
                            <to uri="https://acme.zendesk.com/x?httpClientConfigurer=#acme&amp;httpMethod=GET"/>
                        </route>
                    </camelContext>
                </beans>
                """);
    }

    @Test
    void aFileThatTakesNoBeansGetsACommentAlone() {
        String source =
                """
                <route>
                  <from uri="timer:a"/>
                  <to uri="https://acme.zendesk.com/x?authPassword=b"/>
                </route>
                """;

        assertThat(after(source)).isEqualTo(source.replace("  <to", "  <!-- " + Remedy.PLACE.text() + " -->\n  <to"));
    }

    @Test
    void aNameThatAnotherBeanHasIsNotTakenFromIt() {
        String source =
                """
                <camel>
                  <bean name="acme" type="com.example.Acme"/>
                  <route>
                    <from uri="timer:a"/>
                    <to uri="https://acme.zendesk.com/x?authPassword=b"/>
                  </route>
                </camel>
                """;

        assertThat(after(source))
                .isEqualTo(source.replace("    <to", "    <!-- " + Remedy.NAME.text() + " -->\n    <to"));
    }

    @Test
    void anEndpointOfCamelZendeskGetsACommentAlone() {
        String source =
                """
                <camel>
                  <route>
                    <from uri="timer:a"/>
                    <to uri="zendesk:default/getUsers?username=a&amp;password=b&amp;serverUrl=https://acme.zendesk.com"/>
                  </route>
                </camel>
                """;

        assertThat(after(source))
                .isEqualTo(source.replace("    <to", "    <!-- " + Remedy.CLIENT.text() + " -->\n    <to"));
    }

    @Test
    void aHeaderInABranchStays() {
        assertThat(
                        after(
                                """
                <camel>
                  <route>
                    <from uri="direct:a"/>
                    <filter>
                      <simple>${body}</simple>
                      <setHeader name="Authorization"><constant>Basic eA==</constant></setHeader>
                    </filter>
                    <to uri="https://acme.zendesk.com/x"/>
                  </route>
                </camel>
                """))
                .contains("<!-- " + Remedy.HEADER.text() + " -->", "Basic eA==");
    }
}
