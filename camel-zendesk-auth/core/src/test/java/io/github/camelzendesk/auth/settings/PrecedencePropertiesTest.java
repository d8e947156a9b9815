package io.github.camelzendesk.auth.settings;

import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

/** Which of two settings counts: only the login and the generation say so. */
class PrecedencePropertiesTest {
    private static final OAuthSettings NOTHING = OAuthSettings.empty("https://acme.zendesk.com", "app");

    @Property
    void ofOneLoginTheLaterGenerationCountsFromBothSides(
            @ForAll("settings") OAuthSettings one, @ForAll("settings") OAuthSettings other) {
        OAuthSettings same = at(one.lineage(), other.generation(), other.tokens());

        Precedence there = Precedence.of(one, same);
        Precedence back = Precedence.of(same, one);
        assertThat(there.isNews()).isEqualTo(same.generation() > one.generation());
        assertThat(there == Precedence.SAME).isEqualTo(back == Precedence.SAME);
        assertThat(there == Precedence.OLDER).isEqualTo(back == Precedence.NEWER);
    }

    @Property
    void anotherLoginThatIsStoredCountsWhateverItsGeneration(
            @ForAll("settings") OAuthSettings known, @ForAll("settings") OAuthSettings stored) {
        OAuthSettings other = at(known.lineage() + "-other", stored.generation(), stored.tokens());

        assertThat(Precedence.of(known, other)).isEqualTo(Precedence.OTHER_LOGIN);
    }

    @Property
    void aLoginThatIsToReplaceAnotherGivesWayOnlyToALaterGenerationOfIt(
            @ForAll("settings") OAuthSettings known, @ForAll("settings") OAuthSettings stored) {
        OAuthSettings before = at("before", stored.generation(), stored.tokens());

        assertThat(Precedence.of(known, "before", before).isNews()).isEqualTo(before.generation() > known.generation());
    }

    @Property
    void noClockDecides(
            @ForAll("settings") OAuthSettings known,
            @ForAll("settings") OAuthSettings stored,
            @ForAll("tokens") TokenPair otherTimes) {
        assertThat(Precedence.of(known, stored))
                .isEqualTo(Precedence.of(known.withTokens(otherTimes), stored.withTokens(otherTimes)));
    }

    @Property
    void aStoreRefusesALowerGenerationOfAnyLoginAndNothingElse(
            @ForAll("settings") OAuthSettings next, @ForAll("settings") OAuthSettings stored) {
        Throwable refused = catchThrowable(() -> Precedence.refuseOlder(next, stored, "The place"));

        if (stored.generation() > next.generation()) {
            assertThat(refused).isInstanceOf(SettingsStoreException.class).hasMessageContaining("The place holds");
        } else {
            assertThat(refused).isNull();
        }
    }

    @Property
    void aRefreshIsRefusedWhenALaterGenerationOfTheLoginWasStoredAndALoginNever(
            @ForAll("settings") OAuthSettings found, @ForAll @LongRange(max = 10) long highest) {
        OAuthSettings refresh = found.withPending(note(found.tokens().fingerprint()));
        OAuthSettings login = found.withPending(note("a code"));

        assertThat(catchThrowable(() -> Precedence.refuseSpent(refresh, highest, "The place")) != null)
                .isEqualTo(found.generation() < highest);
        Precedence.refuseSpent(login, highest, "The place");
        Precedence.refuseSpent(found, highest, "The place");
    }

    @Property
    void whatIsNotStoredCountsNowhereAndAStoreThatWasBegunAgainEmptyTakesNothingAway(
            @ForAll("settings") OAuthSettings known) {
        assertThat(Precedence.of(known, null)).isEqualTo(Precedence.NOT_STORED);
        assertThat(Precedence.of(known, NOTHING).isNews()).isFalse();
        assertThat(Precedence.of(null, known).isNews()).isTrue();
    }

    private static PendingExchange note(String fingerprint) {
        return new PendingExchange(fingerprint, 1, Instant.EPOCH, "a process");
    }

    @Provide
    Arbitrary<OAuthSettings> settings() {
        return Combinators.combine(
                        Arbitraries.of("a", "b", "c"), Arbitraries.longs().between(1, 9), tokens())
                .as(PrecedencePropertiesTest::at);
    }

    @Provide
    Arbitrary<TokenPair> tokens() {
        return Arbitraries.longs()
                .between(1, 4_000_000_000L)
                .map(second -> new TokenPair(
                        Secret.of("a"),
                        Secret.of("r"),
                        null,
                        Instant.ofEpochSecond(second),
                        Instant.ofEpochSecond(second + 1800),
                        null));
    }

    private static OAuthSettings at(String lineage, long generation, TokenPair tokens) {
        return new OAuthSettings(
                NOTHING.owner(),
                lineage,
                generation,
                tokens,
                null,
                null,
                null,
                NOTHING.seenRefreshTokens(),
                NOTHING.others());
    }
}
