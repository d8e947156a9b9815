package io.github.camelzendesk.auth.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** JSON for other programs. Stateless. */
final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    /** Plain values, maps and lists as one line. */
    static String text(Object value) throws JsonProcessingException {
        return MAPPER.writeValueAsString(value);
    }
}
