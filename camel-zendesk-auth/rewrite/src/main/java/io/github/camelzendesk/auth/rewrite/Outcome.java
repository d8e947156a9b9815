package io.github.camelzendesk.auth.rewrite;

/** What becomes of the URI of an endpoint. */
sealed interface Outcome {
    Outcome KEPT = new Kept();

    /** It is not ours. */
    record Kept() implements Outcome {}

    /** It changes, and needs this hand-over. */
    record Moved(CamelUri uri, HandOver handOver) implements Outcome {}

    /** It is ours and cannot be changed safely. */
    record Left(Remedy remedy) implements Outcome {}
}
