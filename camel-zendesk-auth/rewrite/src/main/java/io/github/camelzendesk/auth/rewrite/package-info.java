/**
 * OpenRewrite recipes that take whole source trees from API tokens and passwords to named connections with a late
 * hand-over: see {@code docs/migration.adoc}.
 */
@NullMarked
package io.github.camelzendesk.auth.rewrite;

import org.jspecify.annotations.NullMarked;
