package io.github.camelzendesk.auth.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.testkit.Store.Entry;

/** What Zendesk makes of a ticket that is sent: its description, its comments, its people. For use under the protocol's lock. */
record Tickets(Account account) {
    /** An account with two tickets of the day before. */
    static Account inANewAccount(InstantSource clock) {
        Account account = new Account(clock);
        new Tickets(account).seed();
        return account;
    }

    private void seed() {
        Instant yesterday = account.clock.instant().minus(Duration.ofDays(1));
        create(Map.of("subject", "My printer is on fire", "status", "open"), Caller.AGENT, yesterday);
        create(Map.of("subject", "Where is my order?", "status", "new"), Caller.AGENT, yesterday);
    }

    /** By nobody known if there is no caller: then the requester is the author. */
    Entry create(Map<String, ? extends @Nullable Object> sent, @Nullable String caller) {
        return create(sent, caller, account.clock.instant());
    }

    private Entry create(Map<String, ? extends @Nullable Object> sent, @Nullable String caller, Instant now) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>(sent);
        Map<String, @Nullable Object> comment = comment(members);
        Object requester = requester(members, caller);
        Object author = caller == null ? requester : account.users.id(caller);
        Map<String, @Nullable Object> made = Json.members(
                "description",
                comment.get("body"),
                "raw_subject",
                members.get("subject"),
                "requester_id",
                requester,
                "submitter_id",
                author);
        Entry ticket = account.store(Resource.TICKETS).create(members, made, now);
        comments(ticket.id()).create(comment, Map.of("author_id", author), now);
        return ticket;
    }

    /** Null for a ticket that is not there. */
    @Nullable
    Entry update(long id, Map<String, @Nullable Object> sent, String caller) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>(sent);
        if (Boolean.TRUE.equals(sent.get("solved"))) {
            members.put("status", "solved");
        }
        Entry ticket = account.store(Resource.TICKETS).update(id, members);
        if (ticket != null && sent.get("comment") != null) {
            comments(id).create(comment(sent), Map.of("author_id", account.users.id(caller)));
        }
        return ticket;
    }

    Store comments(long ticket) {
        return account.comments.computeIfAbsent(ticket, id -> account.newStore(Resource.COMMENTS));
    }

    /** The comment that is sent, or else the description or the subject as one. */
    private static Map<String, @Nullable Object> comment(Map<String, @Nullable Object> sent) {
        Map<String, @Nullable Object> comment = Json.object(sent.get("comment"));
        Object otherwise = sent.getOrDefault("description", sent.get("subject"));
        Object body = comment.getOrDefault("body", comment.getOrDefault("html_body", otherwise));
        comment.put("body", body);
        comment.put("html_body", "<div class=\"zd-comment\" dir=\"auto\">" + body + "</div>");
        comment.put("plain_body", body);
        return comment;
    }

    private Object requester(Map<String, @Nullable Object> sent, @Nullable String caller) {
        Map<String, @Nullable Object> requester = Json.object(sent.get("requester"));
        if (requester.get("email") != null || requester.get("name") != null) {
            return account.users.endUser(requester);
        }
        if (caller == null) {
            throw ApiRefusal.invalid("Requester: Name: is too short (minimum one character)");
        }
        Object known = sent.get("requester_id");
        return known == null ? account.users.id(caller) : known;
    }

    /** What the answer to a write tells beside the ticket. */
    Map<String, @Nullable Object> audit(Entry ticket, String caller) {
        return Json.members(
                "id", account.nextId(),
                "ticket_id", ticket.id(),
                "created_at", ticket.members().get("updated_at"),
                "author_id", account.users.id(caller),
                "metadata", Map.of("system", Map.of(), "custom", Map.of()),
                "events", List.of(),
                "via", ticket.members().get("via"));
    }
}
