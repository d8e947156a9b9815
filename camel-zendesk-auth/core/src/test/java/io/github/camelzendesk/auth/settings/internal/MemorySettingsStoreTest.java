package io.github.camelzendesk.auth.settings.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.Secret;
import io.github.camelzendesk.auth.settings.SettingsCodec;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsTransaction;
import io.github.camelzendesk.auth.settings.TokenPair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class MemorySettingsStoreTest {
    private static final OAuthSettings SETTINGS = OAuthSettings.empty("https://acme.zendesk.com", "app");

    private final String id = UUID.randomUUID().toString();
    private final List<String> told = new ArrayList<>();
    private final List<SettingsStore> inUse = new ArrayList<>();

    @Test
    void everySaveIsToldAtOnceToAllWhoWatchTheSameIdAndToNobodyElse() throws Exception {
        watch(id, "one");
        watch(id, "another");
        watch(id + "x", "a stranger");

        save();

        assertThat(told).containsExactlyInAnyOrder("one", "another");
        assertThat(store(id).stamp()).as("so that nobody polls").isEmpty();
    }

    @Test
    void whoeverHasClosedIsToldNothingAlthoughTheSameActionWatchesTwice() throws Exception {
        Runnable twice = () -> told.add("told");
        SettingsStore.Watch first = store(id).watch(twice).orElseThrow();
        SettingsStore.Watch second = store(id).watch(twice).orElseThrow();

        first.close();
        first.close();
        save();
        assertThat(told).containsExactly("told");

        second.close();
        save();
        assertThat(told).hasSize(1);
    }

    @Test
    void oneThatFailsKeepsNeitherTheSaveNorTheOthersFromTheirs() throws Exception {
        inUse.add(store(id));
        watch(id, "before");
        store(id).watch(() -> {
            throw new IllegalStateException("no");
        });
        watch(id, "after");

        save();

        assertThat(told).containsExactlyInAnyOrder("before", "after");
        assertThat(store(id).load()).contains(SETTINGS);
    }

    @Test
    void anIdThatNobodyUsesIsForgottenUnlessItHoldsTheOnlyCopyOfAGrant() throws Exception {
        String grant = id + "-grant";
        String client = id + "-client";
        save(grant, "a-refresh-token");
        save(client, null);
        await().until(() -> {
            System.gc();
            return !MemorySettingsStore.isKnown(client);
        });

        assertThat(store(grant).load().orElseThrow().refreshToken().reveal()).isEqualTo("a-refresh-token");

        save(grant, null);
        await().until(() -> {
            System.gc();
            return !MemorySettingsStore.isKnown(grant);
        });
    }

    private static void save(String where, String refreshToken) throws InterruptedException {
        SettingsStore store = store(where);
        try (SettingsTransaction transaction = store.begin(Duration.ZERO).orElseThrow()) {
            OAuthSettings before = transaction.load().orElse(SETTINGS);
            transaction.save(before.withNextTokens(new TokenPair(
                    Secret.of("an-access-token"), Secret.ofNullable(refreshToken), null, Instant.EPOCH, null, null)));
        }
    }

    private void watch(String where, String name) {
        inUse.add(store(where));
        assertThat(inUse.get(inUse.size() - 1).watch(() -> told.add(name))).isPresent();
    }

    private void save() throws InterruptedException {
        try (SettingsTransaction transaction = store(id).begin(Duration.ZERO).orElseThrow()) {
            transaction.save(SETTINGS);
        }
    }

    private static SettingsStore store(String where) {
        return new MemorySettingsStore(where, SettingsCodec.of("https://acme.zendesk.com", "app", null));
    }
}
