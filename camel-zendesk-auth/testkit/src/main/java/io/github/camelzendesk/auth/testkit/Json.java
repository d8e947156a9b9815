package io.github.camelzendesk.auth.testkit;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;

/** JSON in both directions. Stateless. */
final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The members of an object; none for anything else. */
    static Map<String, Object> map(String json) {
        try {
            Map<String, Object> members = MAPPER.readValue(json, new TypeReference<LinkedHashMap<String, Object>>() {});
            return orEmpty(members);
        } catch (JsonProcessingException e) {
            return new LinkedHashMap<>();
        }
    }

    /** The members of an object as text, without those that are null. */
    static Map<String, String> flat(String json) {
        Map<String, String> flat = new LinkedHashMap<>();
        map(json).forEach((name, value) -> putText(flat, name, value));
        return flat;
    }

    private static void putText(Map<String, String> flat, String name, @Nullable Object value) {
        if (value != null) {
            flat.put(name, value.toString());
        }
    }

    /** The JSON text "null" is read as no map at all. */
    private static Map<String, Object> orEmpty(@Nullable Map<String, Object> members) {
        return members == null ? new LinkedHashMap<>() : members;
    }
}
