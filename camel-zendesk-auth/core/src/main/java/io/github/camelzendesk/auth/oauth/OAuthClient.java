package io.github.camelzendesk.auth.oauth;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.settings.Secret;

/**
 * The OAuth client that this application is registered as (RFC 6749 section 2). Immutable.
 *
 * @param identifier Zendesk's "unique identifier", a string; not the numeric id
 * @param secret null for a public client, which never sends one
 */
public record OAuthClient(String identifier, @Nullable Secret secret) {}
