package io.github.camelzendesk.auth.jdbc.internal.connections;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PlainConnectionsTest {
    private final AtomicLong clock = new AtomicLong();
    private final PlainConnections connections =
            new PlainConnections(JdbcUrl.of("jdbc:h2:mem:plain_connections"), clock::get);

    @AfterEach
    void close() {
        connections.keepAtHand(false);
    }

    @Test
    void asManyAreKeptAsWereNeededAtATime() throws SQLException {
        connections.keepAtHand(true);
        List<Connection> first = open(16);
        giveBack(first);

        List<Connection> second = open(16);

        assertThat(second).containsExactlyInAnyOrderElementsOf(first);
        giveBack(second);
    }

    @Test
    void noMoreAreKeptThanThereAreThreadsThatRenew() throws SQLException {
        connections.keepAtHand(true);
        List<Connection> many = open(20);
        giveBack(many);

        assertThat(many.stream().filter(PlainConnectionsTest::isOpen)).hasSize(16);
    }

    @Test
    void thoseThatNobodyHasNeededForAWhileAreClosedAndOneStays() throws SQLException {
        connections.keepAtHand(true);
        List<Connection> burst = open(5);
        giveBack(burst);
        clock.addAndGet(Duration.ofSeconds(31).toNanos());

        Connection one = connections.open();
        connections.giveBack(one);

        assertThat(burst.stream().filter(PlainConnectionsTest::isOpen)).containsExactly(one);
        clock.addAndGet(Duration.ofHours(1).toNanos());
        assertThat(connections.open()).isSameAs(one);
        connections.giveBack(one);
    }

    @Test
    void oneThatIsDeadIsPassedOver() throws SQLException {
        connections.keepAtHand(true);
        List<Connection> two = open(2);
        giveBack(two);
        two.get(1).close();

        assertThat(connections.open()).isSameAs(two.get(0));
        connections.giveBack(two.get(0));
    }

    @Test
    void noneIsKeptWhenNobodyWaitsForChanges() throws SQLException {
        List<Connection> before = open(2);
        giveBack(before);
        assertThat(before.stream().filter(PlainConnectionsTest::isOpen)).isEmpty();

        connections.keepAtHand(true);
        List<Connection> during = open(2);
        giveBack(during);
        connections.keepAtHand(false);
        assertThat(during.stream().filter(PlainConnectionsTest::isOpen)).isEmpty();
    }

    private List<Connection> open(int count) throws SQLException {
        List<Connection> opened = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            opened.add(connections.open());
        }
        return opened;
    }

    private void giveBack(List<Connection> given) {
        given.forEach(connections::giveBack);
    }

    private static boolean isOpen(Connection connection) {
        try {
            return !connection.isClosed();
        } catch (SQLException e) {
            return false;
        }
    }
}
