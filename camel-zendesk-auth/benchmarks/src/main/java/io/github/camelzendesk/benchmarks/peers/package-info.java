/**
 * What a herd of callers and two processes on one grant cost, here and with other libraries: the tables of the
 * benchmarks' README.
 */
package io.github.camelzendesk.benchmarks.peers;
