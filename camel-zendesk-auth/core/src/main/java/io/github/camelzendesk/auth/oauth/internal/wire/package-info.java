/**
 * One HTTP call to Zendesk, and what its answer means. Values, and clients without state: all types are thread-safe. The
 * only user of OkHttp. Not API.
 */
@NullMarked
package io.github.camelzendesk.auth.oauth.internal.wire;

import org.jspecify.annotations.NullMarked;
