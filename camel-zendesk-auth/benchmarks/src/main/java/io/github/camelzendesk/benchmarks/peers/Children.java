package io.github.camelzendesk.benchmarks.peers;

import java.util.ArrayList;
import java.util.List;

import io.github.camelzendesk.benchmarks.Jvm;

/** The same race with a JVM for each instance. */
final class Children {
    private Children() {}

    /** One instance in its own JVM: says that it is ready, waits for a line, runs, and tells its tally. */
    public static void main(String[] args) throws Exception {
        Account account = Account.from(System.getenv());
        try (Contender.Instance instance = Peers.contender(args[0]).open(account)) {
            System.out.println("ready");
            System.in.read();
            Tally tally = new Tally();
            Race.poll(List.of(instance), tally);
            System.out.println(tally.line());
        }
    }

    static void run(String contender, Account account, Tally tally) throws Exception {
        List<Jvm> children = new ArrayList<>();
        try {
            for (int i = 0; i < Race.INSTANCES; i++) {
                children.add(Jvm.start(Children.class, List.of(), account.environment(), contender));
            }
            for (Jvm child : children) {
                child.line(); // It is ready.
            }
            for (Jvm child : children) {
                child.release();
            }
            for (Jvm child : children) {
                tally.addLine(String.valueOf(child.line()));
                child.join(); // Its shutdown lets what is under way land.
            }
        } finally {
            children.forEach(Jvm::close);
        }
    }
}
