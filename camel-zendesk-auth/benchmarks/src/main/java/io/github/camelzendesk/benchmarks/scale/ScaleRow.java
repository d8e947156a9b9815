package io.github.camelzendesk.benchmarks.scale;

/** What so many connections on one kind of store came to. */
record ScaleRow(String store, int connections, Readings readings) {
    /** Of the store, without what a location may hold of hosts and passwords. */
    String name() {
        return store.replaceFirst(":.*", "");
    }
}
