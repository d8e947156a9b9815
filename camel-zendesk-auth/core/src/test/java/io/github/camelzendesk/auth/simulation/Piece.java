package io.github.camelzendesk.auth.simulation;

/** Something that is to happen: a task that begins, or a suspended one that goes on. */
final class Piece implements Comparable<Piece> {
    final SimulatedProcess process;
    private final Runnable task;
    private final Strand strand;
    private final long number;
    long at;
    boolean cancelled;

    /** @param process null for what happens outside of all processes */
    Piece(SimulatedProcess process, Runnable task, Strand strand, long at, long number) {
        this.process = process;
        this.task = task;
        this.strand = strand;
        this.at = at;
        this.number = number;
    }

    /** The one that is suspended; null for a task that has not begun. */
    Strand strand() {
        return strand;
    }

    void begin() {
        try {
            task.run();
        } catch (ProcessDied e) {
            // It ends here, like everything else of its process.
            return;
        }
    }

    @Override
    public int compareTo(Piece other) {
        int order = Long.compare(at, other.at);
        return order == 0 ? Long.compare(number, other.number) : order;
    }
}
