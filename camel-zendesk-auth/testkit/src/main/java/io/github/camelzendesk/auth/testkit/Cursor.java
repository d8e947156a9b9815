package io.github.camelzendesk.auth.testkit;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Cursors are opaque to a client: Base64 of what the stand-in makes of a place in a list. Stateless. */
final class Cursor {
    private Cursor() {}

    static String of(String place) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(StandardCharsets.UTF_8));
    }

    /** Empty for what is no Base64. */
    static String place(String cursor) {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
