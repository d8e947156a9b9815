package io.github.camelzendesk.auth;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.zendesk.client.v2.Zendesk;
import org.zendesk.client.v2.ZendeskResponseException;
import org.zendesk.client.v2.model.Comment;
import org.zendesk.client.v2.model.Field;
import org.zendesk.client.v2.model.JobResult;
import org.zendesk.client.v2.model.JobStatus;
import org.zendesk.client.v2.model.Priority;
import org.zendesk.client.v2.model.Request;
import org.zendesk.client.v2.model.Status;
import org.zendesk.client.v2.model.Ticket;
import org.zendesk.client.v2.model.User;

import io.github.camelzendesk.auth.testkit.ApiRequestSeen;
import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** zendesk-java-client, which was written for Zendesk, believes the stand-in: by itself, and with a connection's token. */
@ExtendWith(ZendeskExtension.class)
class ZendeskJavaClientTest {
    private static final int THREE_PAGES = 250;

    private final CamelFixture camel = new CamelFixture();
    private ZendeskServer zendesk;
    private Zendesk client;

    @BeforeEach
    void aClientWithATokenOfItsOwn(ZendeskServer zendesk) {
        this.zendesk = zendesk;
        RegisteredClient app = zendesk.confidentialClient("app");
        client = new Zendesk.Builder(zendesk.url())
                .setOauthToken(zendesk.issue(app, "read write").accessToken())
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        camel.close();
    }

    @Test
    void aTicketIsCreatedUpdatedFoundAndDeleted() {
        Ticket ticket = new Ticket(new Ticket.Requester("Jane", "jane@acme.test"), "By Java", new Comment("hello"));
        ticket.setPriority(Priority.HIGH);
        ticket.setTags(List.of("java"));
        Ticket created = client.createTicket(ticket);
        assertThat(created.getDescription()).isEqualTo("hello");
        assertThat(created.getUrl()).isEqualTo(zendesk.url() + "/api/v2/tickets/" + created.getId() + ".json");
        assertThat(client.getUser(created.getRequesterId()).getEmail()).isEqualTo("jane@acme.test");

        created.setStatus(Status.SOLVED);
        created.setComment(new Comment("Done."));
        assertThat(client.updateTicket(created).getStatus()).isEqualTo(Status.SOLVED);
        assertThat(all(client.getTicketComments(created.getId())))
                .extracting(Comment::getBody)
                .containsExactly("hello", "Done.");
        assertThat(ids(client.getTicketsFromSearch("tags:java status:solved"))).containsExactly(created.getId());
        assertThat(ids(client.getTicketFromSearchWithExport("java"))).containsExactly(created.getId());
        assertThat(client.getTickets(1, 99, created.getId())).hasSize(2);

        client.deleteTicket(created.getId());
        assertThat(client.getTicket(created.getId())).isNull();
        assertThat(ids(client.getTickets())).containsExactly(1L, 2L);
        assertThatThrownBy(() -> client.deleteTicket(created.getId())).isInstanceOf(ZendeskResponseException.class);
    }

    @Test
    void theRestOfTheAccountIsReadAsZendesksIs() {
        assertThat(client.getTicketsCount().getValue()).isEqualTo(2);
        assertThat(client.getTicketsCount().getRefreshedAt()).isNotNull();
        assertThat(all(client.getUsers())).extracting(User::getEmail).containsExactly("agent@example.com");
        assertThat(client.getAuthenticatedUser().getEmail()).isEqualTo("agent@example.com");
        assertThat(all(client.getTicketFields())).extracting(Field::getTitle).contains("Subject", "Status");
        assertThat(all(client.getOrganizations())).isEmpty();
        assertThat(ids(client.getTicketsIncrementally(new Date(0)))).containsExactly(1L, 2L);
    }

    @Test
    void aJobChangesManyAndTellsWhatBecameOfEach() {
        Ticket ticket = new Ticket(new Ticket.Requester("Jane", "jane@acme.test"), "One of two", new Comment("hello"));

        JobStatus queued = client.createTickets(ticket, ticket);
        JobStatus created = client.getJobStatus(queued);

        assertThat(queued.getStatus()).isEqualTo(JobStatus.JobStatusEnum.queued);
        assertThat(created.getStatus()).isEqualTo(JobStatus.JobStatusEnum.completed);
        assertThat(created.getResults()).extracting(JobResult::getId).containsExactly(3L, 4L);
        JobStatus deleted = client.deleteTickets(3, 4);
        assertThat(client.getJobStatuses(List.of(deleted)).get(0).getResults()).allMatch(JobResult::getSuccess);
        assertThat(ids(client.getTickets())).containsExactly(1L, 2L);
    }

    @Test
    void tagsAreSetAddedAndRemovedAndARequestBecomesATicket() {
        assertThat(client.setTagOnTicket(1, "fire", "printer")).containsExactly("fire", "printer");
        assertThat(client.addTagToTicket(1, "vip")).containsExactly("fire", "printer", "vip");
        assertThat(client.removeTagFromTicket(1, "fire")).containsExactly("printer", "vip");
        Request help = new Request();
        help.setSubject("Help!");
        help.setComment(new Comment("My printer is on fire."));
        help.setRequester(new Ticket.Requester("Jane", "jane@acme.test"));

        assertThat(client.createRequest(help).getId()).isEqualTo(3);

        assertThat(client.getTicket(3).getDescription()).isEqualTo("My printer is on fire.");
    }

    @Test
    void aTokenThatDiesBetweenTwoPagesEndsTheListOfAClientThatHoldsIt() {
        fill();
        Iterator<Ticket> tickets = client.getTickets().iterator();
        take(tickets, 100);

        zendesk.advance(Duration.ofMinutes(31));

        assertThatThrownBy(() -> take(tickets, 1))
                .isInstanceOfSatisfying(ZendeskResponseException.class, refused -> assertThat(refused.getStatusCode())
                        .isEqualTo(401));
    }

    @Test
    void aTokenThatDiesBetweenTwoPagesIsReplacedForAClientOfAConnection() {
        fill();
        RegisteredClient unattended = zendesk.confidentialClient("unattended");
        Zendesk connected = new ZendeskClientFactory("zendesk-auth:acme?authScheme=OAuthClient&url=" + zendesk.url()
                        + "&oauthClientId=unattended&oauthClientSecret=" + unattended.secret()
                        + "&oauthSettingsLocation=memory:" + UUID.randomUUID())
                .create(camel.context);
        Iterator<Ticket> tickets = connected.getTickets().iterator();
        List<Long> ids = take(tickets, 100);

        zendesk.advance(Duration.ofMinutes(31));
        ids.addAll(take(tickets, THREE_PAGES - 100));

        assertThat(tickets.hasNext()).isFalse();
        assertThat(ids).hasSize(THREE_PAGES).doesNotHaveDuplicates();
        assertThat(zendesk.apiRequests())
                .filteredOn(request -> request.path().equals("/api/v2/tickets.json"))
                .extracting(ApiRequestSeen::status)
                .containsExactly(200, 401, 200, 200);
        assertThat(zendesk.tokenRequestCount()).isEqualTo(2);
    }

    private void fill() {
        while (zendesk.tickets().size() < THREE_PAGES) {
            zendesk.createTicket("One of many");
        }
    }

    private static List<Long> take(Iterator<Ticket> tickets, int count) {
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(tickets.next().getId());
        }
        return ids;
    }

    private static List<Long> ids(Iterable<Ticket> tickets) {
        return all(tickets).stream().map(Ticket::getId).toList();
    }

    private static <T> List<T> all(Iterable<T> pages) {
        List<T> all = new ArrayList<>();
        pages.forEach(all::add);
        return all;
    }
}
