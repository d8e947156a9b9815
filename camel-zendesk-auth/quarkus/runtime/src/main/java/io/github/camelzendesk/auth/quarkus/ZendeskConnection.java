package io.github.camelzendesk.auth.quarkus;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import jakarta.enterprise.util.Nonbinding;
import jakarta.inject.Qualifier;

/**
 * Names the connection whose {@link io.github.camelzendesk.auth.oauth.TokenManager} is injected, so that code beside the
 * routes shares their token: {@code @Inject @ZendeskConnection("acme") TokenManager zendesk}. Immutable, as annotations
 * are.
 *
 * <p>It is the manager of the endpoint {@code zendesk-auth:acme}. Options that make no such connection fail the injection
 * with {@link io.github.camelzendesk.auth.oauth.ConfigurationRefused}.
 */
@Qualifier
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.METHOD})
public @interface ZendeskConnection {
    /** The name of the connection, as in the URI. */
    @Nonbinding
    String value();
}
