package io.github.camelzendesk.auth.testkit;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/** A kind of things that the API keeps: its names, its members, and what a request says that no answer repeats. */
enum Resource {
    TICKETS(
            "tickets",
            "ticket",
            "comment requester description raw_subject collaborators additional_collaborators email_ccs followers"
                    + " metadata macro_ids macro_id attribute_value_ids safe_update updated_stamp voice_comment"
                    + " additional_tags remove_tags solved",
            """
            {"external_id": null, "type": null, "subject": null, "raw_subject": null, "description": null,
             "priority": null, "status": "new", "recipient": null, "requester_id": null, "submitter_id": null,
             "assignee_id": null, "organization_id": null, "group_id": null, "collaborator_ids": [],
             "follower_ids": [], "email_cc_ids": [], "problem_id": null, "has_incidents": false, "is_public": true,
             "due_at": null, "tags": [], "custom_fields": [], "fields": [], "satisfaction_rating": null,
             "allow_channelback": false, "allow_attachments": true,
             "via": {"channel": "api", "source": {"from": {}, "to": {}, "rel": null}}}"""),
    /** Tickets, as the person sees them who asks for help. */
    REQUESTS(
            "requests",
            "request",
            "",
            """
            {"type": null, "subject": null, "description": null, "priority": null, "status": "new", "recipient": null,
             "requester_id": null, "assignee_id": null, "organization_id": null, "group_id": null,
             "collaborator_ids": [], "email_cc_ids": [], "is_public": true, "due_at": null, "custom_fields": [],
             "fields": [], "via": null, "created_at": null, "updated_at": null, "id": null}"""),
    COMMENTS(
            "comments",
            "comment",
            "uploads",
            """
            {"type": "Comment", "author_id": null, "body": "", "public": true, "attachments": [],
             "metadata": {"system": {}, "custom": {}},
             "via": {"channel": "api", "source": {"from": {}, "to": {}, "rel": null}}}"""),
    USERS(
            "users",
            "user",
            "password identities skip_verify_email remote_photo_url",
            """
            {"name": null, "email": null, "role": "end-user", "active": true, "verified": true, "suspended": false,
             "shared": false, "phone": null, "organization_id": null, "external_id": null, "locale": "en-US",
             "time_zone": "UTC", "tags": [], "user_fields": {}}"""),
    ORGANIZATIONS(
            "organizations",
            "organization",
            "",
            """
            {"name": null, "external_id": null, "domain_names": [], "details": null, "notes": null, "group_id": null,
             "shared_tickets": false, "shared_comments": false, "tags": [], "organization_fields": {}}"""),
    GROUPS(
            "groups",
            "group",
            "",
            """
            {"name": null, "description": "", "default": false, "is_public": true, "deleted": false}"""),
    TICKET_FIELDS(
            "ticket_fields",
            "ticket_field",
            "",
            """
            {"type": "text", "title": null, "raw_title": null, "description": "", "position": 0, "active": true,
             "required": false, "removable": true, "visible_in_portal": false, "editable_in_portal": false}"""),
    /** What {@link RegisteredClient} does not have. */
    CLIENTS(
            "clients",
            "client",
            "identifier kind redirect_uri secret scopes global user_id",
            """
            {"name": null, "company": null, "description": null, "logo_url": null}""");

    private static final Set<String> MADE_HERE =
            Set.of("id", "url", "via", "created_at", "updated_at", "generated_timestamp");

    final String plural;
    final String singular;
    private final Set<String> unrepeated;
    private final Map<String, @Nullable Object> defaults;

    Resource(String plural, String singular, String unrepeated, String defaults) {
        this.plural = plural;
        this.singular = singular;
        this.unrepeated = Set.of(unrepeated.split(" "));
        this.defaults = Json.map(defaults);
    }

    /** The one below /api/v2/ that has this name; null for none. */
    static @Nullable Resource at(String name) {
        return Arrays.stream(values())
                .filter(resource -> resource.plural.equals(name) && resource != COMMENTS && resource != CLIENTS)
                .findFirst()
                .orElse(null);
    }

    Map<String, @Nullable Object> defaults() {
        return defaults;
    }

    /** Those that Zendesk tags are also searched, exported, and changed by jobs. */
    static List<Resource> tagged() {
        return Arrays.stream(values()).filter(Resource::isTagged).toList();
    }

    boolean isTagged() {
        return defaults.containsKey("tags");
    }

    boolean isTicket() {
        return this == TICKETS || this == REQUESTS;
    }

    /** What is changed when one is deleted, for an export or for the last answer. */
    Map<String, @Nullable Object> last() {
        return switch (this) {
            case TICKETS -> Map.of("status", "deleted");
            case USERS -> Map.of("active", false);
            default -> Map.of();
        };
    }

    /** Whether a member that a request sets is kept as it was sent. */
    boolean keeps(String member) {
        return !MADE_HERE.contains(member) && !unrepeated.contains(member);
    }

    /** The members with their address, which depends on where the caller found the stand-in. */
    Map<String, @Nullable Object> shown(Map<String, @Nullable Object> members, Call call) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        if (this != COMMENTS) {
            String folder = this == CLIENTS ? "oauth/clients" : plural;
            shown.put("url", call.origin() + "/api/v2/" + folder + "/" + members.get("id") + ".json");
        }
        shown.putAll(members);
        if (this == REQUESTS) {
            shown.keySet().removeIf(member -> !member.equals("url") && !defaults.containsKey(member));
        }
        return shown;
    }
}
