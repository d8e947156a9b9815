/** The proxy of {@code zendesk-auth serve}: adds the authorization of one connection to requests of local programs. */
@NullMarked
package io.github.camelzendesk.auth.cli.internal.proxy;

import org.jspecify.annotations.NullMarked;
