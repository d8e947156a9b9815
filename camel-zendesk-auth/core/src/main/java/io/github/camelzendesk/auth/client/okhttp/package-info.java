/** The hand-over to OkHttp. API. */
@NullMarked
package io.github.camelzendesk.auth.client.okhttp;

import org.jspecify.annotations.NullMarked;
