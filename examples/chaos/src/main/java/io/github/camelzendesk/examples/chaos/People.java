package io.github.camelzendesk.examples.chaos;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import io.github.camelzendesk.auth.testkit.ZendeskServer;

/** Two people whose grants the processes share, so that a token of the wrong one would be seen. For one thread. */
final class People implements AutoCloseable {
    private static final List<String> NAMES = List.of("ann", "bob");
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    private final List<Person> people = new ArrayList<>();
    private final Oracle oracle;
    private final Consumer<String> told;
    private final ExecutorService watchers = Executors.newCachedThreadPool(work -> Daemon.of(work, "chaos-person"));

    private People(Oracle oracle, Consumer<String> told) {
        this.oracle = oracle;
        this.told = told;
    }

    /** @param told takes what happens to a grant */
    static People with(ZendeskServer zendesk, Store store, Oracle oracle, Consumer<String> told)
            throws IOException, InterruptedException {
        People all = new People(oracle, told);
        for (String name : NAMES) {
            all.people.add(new Person(name, zendesk, store));
        }
        return all;
    }

    List<String> names() {
        return NAMES;
    }

    List<Worker.Member> members(int process) {
        return people.stream().map(person -> person.member(process)).toList();
    }

    void logIn() {
        people.forEach(this::logIn);
    }

    /** From now on each of them logs in again when the settings say that somebody must. */
    void watch() {
        people.forEach(person -> watchers.execute(() -> watch(person)));
    }

    private void watch(Person person) {
        while (!watchers.isShutdown()) {
            LockSupport.parkNanos(LOOK_NANOS);
            String reason = person.loss();
            if (reason != null) {
                Oracle.Loss loss = oracle.lost(person, people.indexOf(person) + 1, reason);
                told.accept(person.name + " must log in: " + loss.name() + " (" + loss.cause() + ")");
                logIn(person);
                told.accept(person.name + " has logged in again");
            }
        }
    }

    private void logIn(Person person) {
        while (!watchers.isShutdown()) {
            try {
                person.logIn();
                oracle.loggedIn(person);
                return;
            } catch (RuntimeException e) {
                told.accept("the login of " + person.name + " failed: " + Tally.name(e));
                LockSupport.parkNanos(LOOK_NANOS);
            }
        }
    }

    /** @param number of the person, from 1 */
    void revoke(int number) throws IOException, InterruptedException {
        people.get(number - 1).revoke();
    }

    @Override
    public void close() {
        watchers.shutdownNow();
        people.forEach(Person::close);
    }
}
