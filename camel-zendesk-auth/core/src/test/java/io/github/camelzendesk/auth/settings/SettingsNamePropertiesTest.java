package io.github.camelzendesk.auth.settings;

import java.util.List;
import java.util.Locale;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;

/** Connections that differ in anything have different places, whatever a file system makes of case. */
class SettingsNamePropertiesTest {
    private static final String URL = "https://acme.zendesk.com";

    @Property
    void plainNamesKeepTheirPlace(@ForAll("plainNames") String name) {
        assertThat(person(name)).isEqualTo(name + "@acme.zendesk.com");
    }

    @Property(tries = 5000)
    void twoNamesThatDifferInAnythingNeverMeet(@ForAll("neighbours") Tuple2<String, String> names) {
        boolean same = names.get1().equals(names.get2());

        assertThat(onAnyDisk(person(names.get1())).equals(onAnyDisk(person(names.get2()))))
                .isEqualTo(same);
    }

    @Property
    void aPlaceIsPlainAsciiInLowerCase(@ForAll("names") String name, @ForAll("names") String scope) {
        assertThat(person(name)).matches("[a-z0-9._~-]+@acme\\.zendesk\\.com");
        assertThat(robot(name, scope)).matches("[a-z0-9._~@-]+");
    }

    @Property
    void noPersonsPlaceIsARobotsAndNoScopeIsAnothers(
            @ForAll("names") String name,
            @ForAll("names") String other,
            @ForAll("scopes") Tuple2<String, String> scopes) {
        SettingsOwner one = SettingsOwner.client(URL, "app", scopes.get1());
        SettingsOwner two = SettingsOwner.client(URL, "app", scopes.get2());

        assertThat(robot(name, scopes.get1())).isNotEqualTo(person(other));
        assertThat(robot(name, scopes.get1()).equals(robot(name, scopes.get2())))
                .isEqualTo(one.equals(two));
    }

    @Example
    void theNamesOfThePastCollideNoMore() {
        List<String> names =
                List.of("visitor:1", "visitor_1", "j\u00fcrgen", "j\u00f6rgen", "a b", "a/b", "a+b", "Acme", "acme");

        assertThat(names.stream().map(SettingsNamePropertiesTest::person)).doesNotHaveDuplicates();
    }

    @Example
    void theOrderOfScopesAndDoublesMakeNoOtherPlace() {
        assertThat(robot("acme", "write read read")).isEqualTo(robot("acme", "read,write"));
        assertThat(robot("acme", null)).isEqualTo("acme@acme.zendesk.com~client_credentials");
        assertThat(robot("acme", "read")).isEqualTo("acme@acme.zendesk.com~client_credentials~read");
    }

    @Provide
    Arbitrary<String> plainNames() {
        return Arbitraries.strings().withChars("abcxyz0189._-").ofMinLength(1).ofMaxLength(40);
    }

    @Provide
    Arbitrary<String> names() {
        // Half pairs of surrogates, controls and all.
        return Arbitraries.oneOf(
                Arbitraries.strings().all().ofMinLength(1).ofMaxLength(90),
                Arbitraries.strings()
                        .withChars("aA\u00e4_:+ @~.\ud800?")
                        .ofMinLength(1)
                        .ofMaxLength(4));
    }

    /** Such as are alike: one with itself in another case, with a hash of another, with one letter changed. */
    @Provide
    Arbitrary<Tuple2<String, String>> neighbours() {
        return names().flatMap(name -> Arbitraries.oneOf(
                names().map(other -> Tuple.of(name, other)),
                Arbitraries.of(
                                name.toUpperCase(Locale.ROOT),
                                name.toLowerCase(Locale.ROOT),
                                SettingsStores.plain(name),
                                name + "~",
                                name.replaceAll("[^A-Za-z0-9._@-]", "_"))
                        .map(other -> Tuple.of(name, other))));
    }

    @Provide
    Arbitrary<Tuple2<String, String>> scopes() {
        Arbitrary<String> scope = Arbitraries.of("read", "write", "tickets:read", "tickets_read", "Read", "impersonate")
                .list()
                .ofMaxSize(3)
                .map(words -> String.join(" ", words));
        return scope.flatMap(one -> scope.map(two -> Tuple.of(one, two)));
    }

    private static String person(String name) {
        return SettingsStores.name(name, SettingsOwner.person(URL, "app"));
    }

    private static String robot(String name, String scope) {
        return SettingsStores.name(name, SettingsOwner.client(URL, "app", scope));
    }

    private static String onAnyDisk(String name) {
        return name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }
}
