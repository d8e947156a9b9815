/**
 * What a fresh token costs an exchange, and what the late hand-overs and the policy add to a request: the tables of
 * the benchmarks' README.
 */
package io.github.camelzendesk.benchmarks.jmh;
