/** The hand-over to zendesk-java-client, and to any AsyncHttpClient. API. */
@NullMarked
package io.github.camelzendesk.auth.client.zendesk;

import org.jspecify.annotations.NullMarked;
