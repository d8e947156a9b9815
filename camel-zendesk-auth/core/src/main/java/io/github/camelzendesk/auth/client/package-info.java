/** The way in without Camel: a token manager of options, for the hand-overs below. API. */
@NullMarked
package io.github.camelzendesk.auth.client;

import org.jspecify.annotations.NullMarked;
