package io.github.camelzendesk.auth.settings.internal.json;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelzendesk.auth.settings.Secret;

/**
 * Single members of the settings document, read strictly and written. Stateless. Errors name the member,
 * never its value.
 */
final class JsonMembers {
    private JsonMembers() {}

    static long generation(JsonNode json) {
        JsonNode value = json.get("generation");
        require(value != null && value.isIntegralNumber() && value.canConvertToLong(), "generation");
        long generation = value.longValue();
        require(generation >= 0 && generation < Long.MAX_VALUE, "generation");
        return generation;
    }

    static String text(JsonNode json, String member) {
        JsonNode value = json.get(member);
        require(value != null && value.isTextual(), member);
        return value.textValue();
    }

    static @Nullable Secret secret(JsonNode json, String member, Predicate<String> grammar) {
        if (!json.has(member)) {
            return null;
        }
        String value = text(json, member);
        require(grammar.test(value), member);
        return Secret.of(value);
    }

    static void putSecret(ObjectNode json, String member, @Nullable Secret value) {
        if (value != null) {
            json.put(member, value.reveal());
        }
    }

    static @Nullable Instant instant(JsonNode json, String member) {
        return json.has(member) ? needInstant(json, member) : null;
    }

    static Duration duration(JsonNode json, String member) {
        try {
            return json.has(member) ? Duration.parse(text(json, member)) : Duration.ZERO;
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("its member '" + member + "' is not a duration");
        }
    }

    static Instant needInstant(JsonNode json, String member) {
        try {
            return Instant.parse(text(json, member));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("its member '" + member + "' is not an instant");
        }
    }

    static void putInstant(ObjectNode json, String member, @Nullable Instant value) {
        if (value != null) {
            json.put(member, value.toString());
        }
    }

    static void require(boolean condition, String member) {
        if (!condition) {
            throw new IllegalArgumentException("its member '" + member + "' is missing or malformed");
        }
    }
}
