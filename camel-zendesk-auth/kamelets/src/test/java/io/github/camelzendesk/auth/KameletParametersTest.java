package io.github.camelzendesk.auth;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

import static org.assertj.core.api.Assertions.assertThat;

/** In the package of what it looks into. */
class KameletParametersTest {
    @Test
    void eachParameterOfAKameletIsRead() throws IOException {
        Set<String> declared = new TreeSet<>(Set.of("routeId", "zendeskKamelet", "zendeskHandover", "zendeskCursor"));
        for (String kamelet : Set.of("zendesk-auth-action", "zendesk-source", "zendesk-sink")) {
            try (InputStream in = getClass().getResourceAsStream("/kamelets/" + kamelet + ".kamelet.yaml")) {
                new ObjectMapper(new YAMLFactory())
                        .readTree(in)
                        .at("/spec/definition/properties")
                        .fieldNames()
                        .forEachRemaining(declared::add);
            }
        }

        assertThat(KameletParameters.names().collect(Collectors.toSet())).isEqualTo(declared);
    }
}
