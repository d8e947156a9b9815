/** The members of a settings document, and its encryption. Not API. */
@NullMarked
package io.github.camelzendesk.auth.settings.internal.json;

import org.jspecify.annotations.NullMarked;
