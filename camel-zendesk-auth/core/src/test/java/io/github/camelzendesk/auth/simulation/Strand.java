package io.github.camelzendesk.auth.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.LockSupport;

/**
 * A thread that runs only while it has the baton, of which there is one. So code that blocks can be suspended, and
 * still only one piece of it runs at a time, in an order that the seed decides.
 */
final class Strand extends Thread {
    /** Kept for the next history. For the holder of the baton. */
    private static final Deque<Strand> IDLE = new ArrayDeque<>();

    private volatile boolean hasBaton;
    private Piece assigned;
    private Simulation simulation;

    private Strand() {
        super("simulation");
        setDaemon(true);
        start();
    }

    static Strand current() {
        return (Strand) Thread.currentThread();
    }

    /** Passes the baton to the strand that has this work, or to one that begins it. */
    static void pass(Simulation simulation, Piece next) {
        if (next.strand() != null) {
            next.strand().go(simulation, null);
        } else {
            (IDLE.isEmpty() ? new Strand() : IDLE.pop()).go(simulation, next);
        }
    }

    private void go(Simulation of, Piece begun) {
        simulation = of;
        assigned = begun;
        hasBaton = true;
        LockSupport.unpark(this);
    }

    /** Waits for the baton. An interrupt that the code under test has set stays set. */
    void await() {
        boolean interrupted = false;
        while (!hasBaton) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        hasBaton = false;
        if (interrupted) {
            interrupt();
        }
    }

    @Override
    public void run() {
        while (true) {
            await();
            Piece next = assigned;
            while (next != null && next.strand() == null) {
                begin(next);
                // Left behind by work that has ended.
                Thread.interrupted();
                next = simulation.next();
            }
            IDLE.push(this);
            simulation.pass(next);
        }
    }

    private void begin(Piece piece) {
        try {
            piece.begin();
        } catch (RuntimeException | Error e) {
            simulation.thrown(e);
        }
    }
}
