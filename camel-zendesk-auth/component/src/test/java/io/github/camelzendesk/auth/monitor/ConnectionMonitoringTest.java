package io.github.camelzendesk.auth.monitor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.github.camelzendesk.auth.StaticTokens;
import io.github.camelzendesk.auth.oauth.TokenEvent;
import io.github.camelzendesk.auth.oauth.TokenListener;
import io.github.camelzendesk.auth.oauth.TokenManager;

import static org.assertj.core.api.Assertions.assertThat;

class ConnectionMonitoringTest {
    private static final int VERY_MANY = 200_000;

    private final ConnectionMonitoring observation = new ConnectionMonitoring(2, System::nanoTime);
    private final List<String> seen = new ArrayList<>();
    private final ConnectionMonitor surface = new ConnectionMonitor() {
        @Override
        public void begin(StateCounts all) {
            seen.add("begin with " + all.count().all());
        }

        @Override
        public void end() {
            seen.add("end");
        }

        @Override
        public void show(MonitoredConnection connection) {
            seen.add("+" + connection.label());
        }

        @Override
        public void hide(MonitoredConnection connection) {
            seen.add("-" + connection.label());
        }

        @Override
        public void showTogether(ConnectionGroup others) {
            seen.add("+ " + others.label());
        }

        @Override
        public void hideTogether(ConnectionGroup others) {
            seen.add("- " + others.label());
        }

        @Override
        public void happened(String label, String shownAs, TokenEvent event) {
            seen.add(label + " as " + shownAs);
        }
    };

    @Test
    void theFirstConnectionsAreShownEachByItselfAndAllLaterOnesTogether() {
        observation.start(List.of(surface));
        List.of("a", "b", "c", "d").forEach(this::bring);
        observation.stop();

        assertThat(seen).containsExactly("begin with 0", "+a", "+b", "+ others", "-a", "-b", "- others", "end");
    }

    @Test
    void connectionsThatAreOpenedBeforeTheStartAreShownInTheSameWay() {
        List.of("a", "b", "c").forEach(this::bring);
        observation.start(List.of(surface));
        bring("d");

        assertThat(seen).containsExactly("begin with 3", "+a", "+b", "+ others");
        assertThat(observation.connections())
                .extracting(MonitoredConnection::label)
                .containsExactly("a", "b", "c", "d");
    }

    @Test
    void asManyAsAreShownEachByItselfAreNotShownTogether() {
        List.of("a", "b").forEach(this::bring);
        observation.start(List.of(surface));
        observation.stop();

        assertThat(seen).containsExactly("begin with 2", "+a", "+b", "-a", "-b", "end");
    }

    @Test
    void afterAStopItBeginsAnew() {
        observation.start(List.of(surface));
        List.of("a", "b", "c").forEach(this::bring);
        observation.stop();
        seen.clear();
        observation.start(List.of(surface));
        List.of("a", "a").forEach(this::bring);

        assertThat(seen).containsExactly("begin with 0", "+a", "+a-2");
    }

    @Test
    void aConnectionThatIsNamedAsTheOthersAreKeepsItsNameAndNoTwoHaveTheSame() {
        observation.start(List.of(surface));
        List.of("others", "b", "c", "others-2", "others").forEach(this::bring);

        assertThat(seen).containsExactly("begin with 0", "+others", "+b", "+ others-2");
        assertThat(observation.connections())
                .extracting(MonitoredConnection::label)
                .containsExactly("others", "b", "c", "others-2-2", "others-3");
    }

    @Test
    void anEventIsToldUnderTheNameOfItsConnectionAndUnderTheOneThatItIsShownAs() {
        observation.start(List.of(surface));
        for (String name : List.of("a", "b", "c")) {
            observation.opened(name, listener -> {
                // As early as can be: before the connection is shown.
                listener.happened(adopted(name));
                return StaticTokens.manager(name);
            });
        }

        assertThat(seen).containsExactly("begin with 0", "a as a", "+a", "b as b", "+b", "+ others", "c as others");
    }

    @Test
    void whatIsHiddenLeavesItsNameAndItsPlaceToTheNext() {
        observation.start(List.of(surface));
        List<TokenManager> shown = Stream.of("a", "b", "c").map(this::bring).toList();
        observation.hide(shown.get(0));
        observation.hide(shown.get(0));
        observation.hide(shown.get(2));
        List.of("a", "d").forEach(this::bring);
        observation.stop();

        assertThat(seen)
                .containsExactly("begin with 0", "+a", "+b", "+ others", "-a", "+a", "-b", "-a", "- others", "end");
    }

    @Test
    void whatIsHiddenIsNotToldOfAnyMore() {
        observation.start(List.of(surface));
        List<TokenListener> listeners = new ArrayList<>();
        TokenManager manager = observation.opened("a", listener -> {
            listeners.add(listener);
            return StaticTokens.manager("a");
        });
        observation.hide(manager);
        listeners.get(0).happened(adopted("a"));

        assertThat(seen).containsExactly("begin with 0", "+a", "-a");
        assertThat(observation.connections()).isEmpty();
    }

    @Test
    void veryManyManagersAreAddedOnceEachHoweverOftenTheyAreBrought() {
        List<TokenManager> managers = IntStream.range(0, VERY_MANY)
                .mapToObj(number -> StaticTokens.manager("t" + number))
                .toList();
        observation.start(List.of(surface));
        for (int time = 0; time < 2; time++) {
            managers.forEach(manager -> observation.brought("same", manager));
        }

        List<MonitoredConnection> shown = observation.connections();
        assertThat(shown).hasSize(VERY_MANY);
        assertThat(shown.get(VERY_MANY - 1))
                .isEqualTo(new MonitoredConnection("same-" + VERY_MANY, managers.get(VERY_MANY - 1)));
        observation.stop();
        assertThat(observation.connections()).isEmpty();
    }

    private TokenManager bring(String name) {
        return observation.brought(name, StaticTokens.manager(name));
    }

    private static TokenEvent adopted(String name) {
        return new TokenEvent(TokenEvent.Kind.ADOPTED, name, 1, null, null, Duration.ZERO, null, null);
    }
}
