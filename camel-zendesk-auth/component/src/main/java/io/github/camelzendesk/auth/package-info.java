/** Front of house: the Camel component, its endpoint and its producer. The only package that imports Camel. */
package io.github.camelzendesk.auth;
