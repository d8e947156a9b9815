package io.github.camelzendesk.auth.oauth.internal.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/** Whose turn it is, and what is under way. For use under one lock. */
final class AccountTurns {
    private final CallLimits limits;
    private final Map<String, Account> accounts = new HashMap<>();
    private final Set<Account> quickLine = new LinkedHashSet<>();
    private final Set<Account> slowLine = new LinkedHashSet<>();
    private final int[] underWay = new int[Place.values().length]; // by ordinal

    AccountTurns(CallLimits limits) {
        this.limits = limits;
    }

    private enum Place {
        QUICK,
        SLOW,
        /** Waits for something that is not Zendesk, so that it says nothing of an account. */
        ASIDE
    }

    /** An account that has work, or is known to be slow. */
    private static final class Account {
        private final String name;
        private final Deque<Runnable> waiting = new ArrayDeque<>(1);
        private int underWay;
        private int turns;
        private boolean slow;

        Account(String name) {
            this.name = name;
        }
    }

    /** A piece of work under way. */
    static final class Run {
        final Runnable work;
        private final Account account;
        private Place place;
        private boolean hasTurn;
        private boolean asking;
        private boolean asked;
        private boolean tookLong;

        Run(Account account, Runnable work) {
            this.account = account;
            this.work = work;
            this.place = placeOf(account);
        }
    }

    void add(String name, Runnable work) {
        Account account = accounts.computeIfAbsent(name, Account::new);
        account.waiting.add(work);
        queueUp(account);
    }

    void remove(String name, Runnable work) {
        Account account = accounts.get(name);
        if (account != null && account.waiting.remove(work)) {
            queueUp(account);
            forgetIdle(account);
        }
    }

    /** @return what waited */
    List<Runnable> removeAll() {
        quickLine.clear();
        slowLine.clear();
        List<Runnable> removed = new ArrayList<>();
        accounts.values().forEach(account -> removed.addAll(account.waiting));
        accounts.values().forEach(account -> account.waiting.clear());
        return removed;
    }

    boolean isIdle() {
        return allUnderWay() == 0;
    }

    private int allUnderWay() {
        return underWay[0] + underWay[1] + underWay[2];
    }

    /** Begins what may begin now; null when nothing may. */
    @Nullable
    Run next() {
        if (allUnderWay() >= limits.all()) {
            return null;
        }
        if (underWay[Place.QUICK.ordinal()] < limits.quick() && !quickLine.isEmpty()) {
            return begin(first(quickLine));
        }
        return underWay[Place.SLOW.ordinal()] < limits.slow() && !slowLine.isEmpty() ? begin(first(slowLine)) : null;
    }

    /** It goes to the end of the line if it wants another turn. */
    private static Account first(Set<Account> line) {
        Iterator<Account> inOrder = line.iterator();
        Account account = inOrder.next();
        inOrder.remove();
        return account;
    }

    private Run begin(Account account) {
        Run run = new Run(account, account.waiting.remove());
        count(run, 1);
        takeTurn(run);
        return run;
    }

    /** What was begun, and found no thread: it waits again, as the next of its account. */
    void putBack(Run run) {
        count(run, -1);
        run.account.waiting.addFirst(run.work);
        giveTurnBack(run);
    }

    void end(Run run) {
        count(run, -1);
        giveTurnBack(run);
        if (run.asked) {
            mark(run.account, run.tookLong);
        }
        forgetIdle(run.account);
    }

    /** Waits for something that is not Zendesk: its turn is another's. It keeps it when too many wait already. */
    void leave(Run run) {
        if (stepAside(run)) {
            giveTurnBack(run);
        }
    }

    /** Counts again, without waiting for another turn: what it holds by now should not be held for longer. */
    void goOn(Run run) {
        if (run.place == Place.ASIDE) {
            move(run, placeOf(run.account));
        }
        takeTurn(run);
    }

    void ask(Run run) {
        goOn(run);
        run.asking = true;
        run.asked = true;
    }

    void answered(Run run) {
        run.asking = false;
    }

    /** From here on it can delay its own account only. */
    void takesLong(Run run) {
        if (run.asking) {
            run.tookLong = true;
            move(run, Place.SLOW);
            mark(run.account, true);
        } else {
            stepAside(run);
        }
    }

    private boolean stepAside(Run run) {
        boolean mayStepAside = run.place == Place.ASIDE || underWay[Place.ASIDE.ordinal()] < limits.aside();
        if (mayStepAside) {
            move(run, Place.ASIDE);
        }
        return mayStepAside;
    }

    private void count(Run run, int change) {
        underWay[run.place.ordinal()] += change;
        run.account.underWay += change;
    }

    private void move(Run run, Place place) {
        underWay[run.place.ordinal()]--;
        run.place = place;
        underWay[place.ordinal()]++;
    }

    private void takeTurn(Run run) {
        if (!run.hasTurn) {
            run.hasTurn = true;
            run.account.turns++;
            queueUp(run.account);
        }
    }

    private void giveTurnBack(Run run) {
        if (run.hasTurn) {
            run.hasTurn = false;
            run.account.turns--;
            queueUp(run.account);
        }
    }

    private void mark(Account account, boolean isSlow) {
        line(account).remove(account);
        account.slow = isSlow;
        queueUp(account);
    }

    /** In its line while it wants a turn and may have one. */
    private void queueUp(Account account) {
        int most = account.slow ? 1 : limits.ofOne();
        if (!account.waiting.isEmpty() && account.turns < most) {
            line(account).add(account);
        } else {
            line(account).remove(account);
        }
    }

    private Set<Account> line(Account account) {
        return account.slow ? slowLine : quickLine;
    }

    private static Place placeOf(Account account) {
        return account.slow ? Place.SLOW : Place.QUICK;
    }

    private void forgetIdle(Account account) {
        if (account.underWay == 0 && account.waiting.isEmpty() && !account.slow) {
            accounts.remove(account.name);
        }
    }
}
