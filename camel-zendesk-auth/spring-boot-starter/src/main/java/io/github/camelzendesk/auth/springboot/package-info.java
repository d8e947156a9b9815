/** The component in a Spring Boot application: its properties, its token managers as beans, and RestClient. */
@NullMarked
package io.github.camelzendesk.auth.springboot;

import org.jspecify.annotations.NullMarked;
