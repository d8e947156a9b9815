package io.github.camelzendesk.auth.simulation;

import java.util.List;

/** Faults that the engine had, or might have. The numbers are those of the review in which the faults were found. */
final class Mutants {
    private static final String ROTATION = "oauth/internal/rotation/";
    private static final String REFRESH = "oauth/internal/refresh/";

    private Mutants() {}

    static List<Mutant> all() {
        return List.of(
                mutant(
                        "1: the kind of credentials does not count",
                        "settings/SettingsOwner",
                        "                && grant.equals(owner.grant)\n                && scope.equals(owner.scope);",
                        ";"),
                mutant(
                        "2: another machine's clock counts",
                        ROTATION + "KnownSettings",
                        "TokenPair tokens = onOwnClock(settings).tokens();\n        return tokens != null &&",
                        "TokenPair tokens = settings.tokens();\n        return tokens != null"
                                + " && !context.clock().instant().isBefore(tokens.obtainedAt()) &&"),
                mutant(
                        "3: configured tokens take the place of a living grant",
                        ROTATION + "Rotation",
                        "(!exchange.isInForce(found) && adoptAndStore(transaction, begun, need))",
                        "adoptAndStore(transaction, begun, need)"),
                mutant(
                        "5: the lock is given back while tokens are unsaved",
                        ROTATION + "Ledger",
                        "            if (isDirty()) {\n                retained.set(this);",
                        "            if (false) {\n                retained.set(this);"),
                mutant(
                        "5b: what is unsaved is forgotten with its manager",
                        ROTATION + "Ledger",
                        "present.users.isEmpty() && !present.isDirty() ? null",
                        "present.users.isEmpty() ? null"),
                mutant(
                        "6: a thread that cannot be started",
                        REFRESH + "Attempts",
                        "} catch (RuntimeException | Error e) {\n            end(attempt",
                        "} catch (IllegalStateException e) {\n            end(attempt"),
                mutant(
                        "8: a code waits behind a person",
                        REFRESH + "AttemptQueue",
                        "Asked code = current.awaitsPerson()",
                        "Asked code = current.hasAskedPerson() && !current.awaitsPerson()"),
                mutant(
                        "18: repeats without the lock",
                        ROTATION + "GuardedTokenRequest",
                        "                && ambiguous.repeatable()\n                && transaction.isExclusive();",
                        "                && ambiguous.repeatable();"),
                mutant(
                        "a young note of another counts for nothing",
                        ROTATION + "PatientStore",
                        "left = store.canLoseLock() ? left(found) : Duration.ZERO;",
                        "left = Duration.ZERO;"),
                mutant(
                        "tokens that could not be saved are forgotten",
                        ROTATION + "GuardedTokenRequest",
                        "        ledger.saveLater(verdict.settings(), spent.found(), store, context);",
                        ""),
                mutant(
                        "nothing is noted before it is sent",
                        ROTATION + "GuardedTokenRequest",
                        "        ledger.save(transaction, request.noted());",
                        ""),
                mutant(
                        "decides by what it knew before it had the lock",
                        ROTATION + "Rotation",
                        "OAuthSettings found = known.read(transaction);\n        while",
                        "OAuthSettings found = known.current() == null ? known.read(transaction) : known.current();\n"
                                + "        while"),
                mutant(
                        "the directory is not forced",
                        "settings/internal/file/FileSettingsStore",
                        "Optional.of(settings));\n            files.forceDirectory(directory);",
                        "Optional.of(settings));"),
                mutant(
                        "no space is reserved",
                        ROTATION + "GuardedTokenRequest",
                        "            transaction.reserve();\n",
                        ""),
                mutant(
                        "a missing refresh token ends the old one",
                        ROTATION + "Verdict",
                        "kept ? old.refreshToken() : issued.refreshToken()",
                        "issued.refreshToken()"),
                mutant(
                        "a wrong client secret ends the grant",
                        ROTATION + "Verdict",
                        "if (!rejected.isGrantOver()) {",
                        "if (rejected.error().isEmpty()) {"),
                mutant(
                        "unsaved tokens replace another login",
                        ROTATION + "Ledger",
                        "return Precedence.isUnsaved(latest.settings, latest.replaced, stored) ? latest.settings : null;",
                        "return latest.settings;"),
                mutant(
                        "a file that changed under the lock is overwritten",
                        "settings/internal/file/FileSettingsStore",
                        "            refuseUnseen(last);\n",
                        ""),
                mutant(
                        "a back-off ends by the clock of its writer alone",
                        ROTATION + "TokenSource",
                        "return byClocks.compareTo(since) < 0 ? byClocks : since;",
                        "return byClocks;"),
                mutant(
                        "what is unsaved does not serve while the store cannot be read",
                        ROTATION + "KnownSettings",
                        "            if (ledger.isDirty()) {",
                        "            if (false) {"),
                mutant(
                        "a failed refresh withholds the good token",
                        REFRESH + "RefreshWaiters",
                        "        return old == null\n                ? CompletableFuture.failedFuture(error.again())",
                        "        return old == null || true\n                ? CompletableFuture.failedFuture(error.again())"));
    }

    private static Mutant mutant(String name, String file, String text, String by) {
        return new Mutant(new PlantedFault(name, file, text, by), 20_000);
    }
}
