/** What is kept of a connection, and where: {@link OAuthSettings}, {@link SettingsStore} and its implementations. */
@NullMarked
package io.github.camelzendesk.auth.settings;

import org.jspecify.annotations.NullMarked;
