/** The interactive grant: a person consents in a browser, and the code comes back (RFC 8252, RFC 7636). */
@NullMarked
package io.github.camelzendesk.auth.login;

import org.jspecify.annotations.NullMarked;
