package io.github.camelzendesk.benchmarks.peers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
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
        List<Process> children = new ArrayList<>();
        try {
            for (int i = 0; i < Race.INSTANCES; i++) {
                children.add(start(contender, account));
            }
            release(children, tally);
        } finally {
            children.forEach(Process::destroyForcibly);
        }
    }

    private static Process start(String contender, Account account) throws IOException {
        ProcessBuilder child = Jvm.command(Children.class, List.of(), contender);
        account.putInto(child.environment());
        return child.start();
    }

    private static void release(List<Process> children, Tally tally) throws Exception {
        List<BufferedReader> outputs = new ArrayList<>();
        for (Process child : children) {
            BufferedReader output =
                    new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8));
            outputs.add(output);
            output.readLine();
        }
        for (Process child : children) {
            child.getOutputStream().write('\n');
            child.getOutputStream().flush();
        }
        for (int i = 0; i < children.size(); i++) {
            tally.addLine(String.valueOf(outputs.get(i).readLine()));
            children.get(i).waitFor(); // Its shutdown lets what is under way land.
        }
    }
}
