/** The options of a connection: one table, one place where they are read, checked and refused. API. */
@NullMarked
package io.github.camelzendesk.auth.options;

import org.jspecify.annotations.NullMarked;
