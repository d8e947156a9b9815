package io.github.camelzendesk.auth.kubernetes;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelzendesk.auth.kubernetes.internal.SecretLocation;
import io.github.camelzendesk.auth.kubernetes.internal.cluster.SecretEntryRef;
import io.github.camelzendesk.auth.settings.SettingsOwner;
import io.github.camelzendesk.auth.settings.SettingsStores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a location says, and what Kubernetes allows as a name. */
class NamesTest {
    private static final Pattern DATA_KEY = Pattern.compile("[-._a-zA-Z0-9]{1,253}");
    private static final Pattern SUBDOMAIN =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

    @Test
    void aLocationNamesANamespaceAndASecret() {
        assertThat(SecretLocation.parse("kubernetes:team/zendesk-auth"))
                .isEqualTo(new SecretLocation("team", "zendesk-auth", null, Duration.ofSeconds(60)));
        assertThat(SecretLocation.parse("kubernetes://team/zendesk-auth?client=k8s&leaseDurationSeconds=90"))
                .isEqualTo(new SecretLocation("team", "zendesk-auth", "k8s", Duration.ofSeconds(90)));
    }

    @Test
    void aLocationWithoutANamespaceMeansThePodsOwn() {
        assertThat(SecretLocation.parse("kubernetes:zendesk.auth").namespace()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kubernetes:",
                "kubernetes:a/",
                "kubernetes:/b",
                "kubernetes:a/b/c",
                "kubernetes:A/b",
                "kubernetes:a/B",
                "kubernetes:a/-b",
                "kubernetes:a/b?x=1",
                "kubernetes:a/b?client=",
                "kubernetes:a/b?leaseDurationSeconds=39",
                "kubernetes:a/b?leaseDurationSeconds=1h",
                "kubernetes:a/b?leaseDurationSeconds=3601"
            })
    void aLocationThatIsNoneIsRefusedWithTheOptionAndTheWayOut(String location) {
        assertThatThrownBy(() -> SecretLocation.parse(location))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("oauthSettingsLocation '" + location + "'")
                .hasMessageMatching(".*(write kubernetes:NAMESPACE/SECRET|client=BEAN|exchangeTimeout).*");
    }

    @Test
    void connectionsThatDifferInALetterOrInTheirKindHaveKeysOfTheirOwn() {
        SettingsOwner person = SettingsOwner.person("https://acme.zendesk.com", "app");
        List<String> names = new ArrayList<>();
        for (String connection :
                List.of("visitor:1", "visitor_1", "j\u00fcrgen", "j\u00f6rgen", "a b", "a+b", "Acme", "acme")) {
            names.add(SettingsStores.name(connection, person));
        }
        names.add(SettingsStores.name("acme", SettingsOwner.client(person.url(), "app", null)));
        names.add(SettingsStores.name("acme", SettingsOwner.client(person.url(), "app", "read")));

        assertThat(names.stream().map(name -> Rig.place("", "s", name).key().toLowerCase(Locale.ROOT)))
                .doesNotHaveDuplicates();
    }

    @Test
    void theKeyOfAnOrdinaryConnectionCanBeReadByAPerson() {
        assertThat(Rig.place("zendesk-auth").key()).isEqualTo("acme_acme.zendesk.com");
    }

    /** As the documentation has it computed, for those who create the Leases beforehand. */
    @Test
    void theLeaseIsNamedAfterTheSecretAndAHashOfTheConnection() {
        assertThat(Rig.place("zendesk-auth").lease()).isEqualTo("zendesk-auth-f75a49be692dccfbbbee8125");
    }

    @Test
    void anyNameIsALegalKeyAndALegalLeaseAndNoTwoShareOne() {
        List<String> names = List.of(
                "acme@acme.zendesk.com",
                "acme_acme.zendesk.com",
                "acme-acme.zendesk.com",
                "a@b@c",
                "a_b@c",
                "a@b_c",
                "..@x",
                "@",
                "_",
                "Acme@acme.zendesk.com",
                "x".repeat(400) + "@a",
                "x".repeat(401) + "@a");
        for (String name : names) {
            SecretEntryRef place = Rig.place("", "s".repeat(180) + ".example." + "s".repeat(50), name);
            assertThat(place.key()).matches(DATA_KEY).doesNotStartWith(".");
            assertThat(place.lease()).matches(SUBDOMAIN).hasSizeLessThan(254);
        }
        assertThat(names.stream().map(name -> Rig.place("", "s", name).key())).doesNotHaveDuplicates();
        assertThat(names.stream().map(name -> Rig.place("", "s", name).lease())).doesNotHaveDuplicates();
    }
}
