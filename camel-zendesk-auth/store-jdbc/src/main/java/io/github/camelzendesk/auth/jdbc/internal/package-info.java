/** The store of a row: what a location says, one database for all stores on one table, transactions. Not API. */
@NullMarked
package io.github.camelzendesk.auth.jdbc.internal;

import org.jspecify.annotations.NullMarked;
