/** The statements and the locks, one way for PostgreSQL and one for all other databases. Not API. */
@NullMarked
package io.github.camelzendesk.auth.jdbc.internal.dialect;

import org.jspecify.annotations.NullMarked;
