/**
 * How start, memory and refreshes grow with the number of connections: "One process" of docs/scale.adoc, with its
 * plots.
 */
package io.github.camelzendesk.benchmarks.scale;
