/** The hand-over to camel-http: a token for each request, and one replay after a 401. */
package io.github.camelzendesk.auth.http;
