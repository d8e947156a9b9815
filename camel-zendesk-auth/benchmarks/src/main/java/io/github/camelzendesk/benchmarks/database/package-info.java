/** What connections cost in PostgreSQL: "Estimates" and "What PostgreSQL does" of docs/scale.adoc. */
package io.github.camelzendesk.benchmarks.database;
