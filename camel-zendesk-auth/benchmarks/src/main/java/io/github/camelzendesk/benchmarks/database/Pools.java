package io.github.camelzendesk.benchmarks.database;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

/** Connections and threads in a number that is chosen. Stateless. */
final class Pools {
    private Pools() {}

    static HikariDataSource connections(Server server, int size) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(server.url());
        config.setMaximumPoolSize(size);
        return new HikariDataSource(config);
    }

    /** Does the same in several threads, each with its number, until the last one has ended. */
    static void inThreads(int count, Numbered work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(count);
        List<Callable<Void>> calls = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = i;
            calls.add(() -> {
                work.run(number);
                return null;
            });
        }
        try {
            for (Future<Void> call : threads.invokeAll(calls)) {
                call.get();
            }
        } finally {
            threads.shutdown();
        }
    }

    /** What a thread does. */
    @FunctionalInterface
    interface Numbered {
        void run(int number) throws Exception;
    }
}
