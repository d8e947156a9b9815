/** Settings in a table of a relational database: see {@code docs/settings-database.adoc}. */
@NullMarked
package io.github.camelzendesk.auth.jdbc;

import org.jspecify.annotations.NullMarked;
