package io.github.camelzendesk.auth.testkit;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonProcessingException;
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
    static Map<String, @Nullable Object> map(String json) {
        try {
            return object(MAPPER.readValue(json, Object.class));
        } catch (JsonProcessingException e) {
            return new LinkedHashMap<>();
        }
    }

    /** An object with these members, in this order. */
    static Map<String, @Nullable Object> members(@Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            members.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return members;
    }

    /** What was read as an object, with its members; none for anything else. */
    static Map<String, @Nullable Object> object(@Nullable Object read) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        if (read instanceof Map<?, ?> object) {
            object.forEach((name, value) -> members.put(String.valueOf(name), value));
        }
        return members;
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
}
