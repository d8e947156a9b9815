package io.github.camelzendesk.auth.testkit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import com.github.tomakehurst.wiremock.http.ResponseDefinition;

import io.github.camelzendesk.auth.testkit.Store.Entry;

/** Who is calling, which part of the API answers, and what was scripted to go wrong. For use under the protocol's lock. */
record Api(Account account) {
    private static final String ROOT = "/api/v2/";

    ResponseDefinition answer(Call call) {
        ApiFault fault = call.path().startsWith(ROOT) ? account.apiFaults.poll() : null;
        Answer answer = counted(fault == null || fault.kind() == ApiFault.Kind.DELAY ? routed(call) : fault.answer());
        record(call, answer);
        if (fault == null) {
            return answer.definition();
        }
        return switch (fault.kind()) {
            case RESET -> Answer.reset();
            case DELAY -> answer.late(fault.delay());
            case ANSWER -> answer.definition();
        };
    }

    private void record(Call call, Answer answer) {
        if (account.recordsApiRequests) {
            account.apiRequests.add(new ApiRequestSeen(
                    account.clock.instant(), call.method(), call.path(), answer.status(), call.headers()));
        }
    }

    private Answer counted(Answer answer) {
        account.rate = account.rate.with(account.clock.instant());
        return answer.with(account.rate.headers(account.clock.instant()));
    }

    private Answer routed(Call call) {
        try {
            Caller caller = Caller.of(call.header("authorization"), account);
            return caller.refusal() != null ? caller.refusal() : guarded(call, caller);
        } catch (ApiRefusal refused) {
            return refused.answer();
        }
    }

    private Answer guarded(Call call, Caller caller) {
        String path = call.path().replaceFirst("\\.json$", "");
        if (path.equals(ROOT + "users/me")) {
            return me(call, caller);
        }
        String onBehalfOf = call.header("x-on-behalf-of");
        if (caller.email() == null && isAnonymousRequest(path, call)) {
            return below(path.substring(ROOT.length()), call, caller);
        }
        if (caller.email() == null || onBehalfOf != null && !account.users.knows(onBehalfOf)) {
            return caller.email() == null ? Caller.unauthenticated() : Caller.invalidToken();
        }
        return belowOrAnything(path.startsWith(ROOT) ? path.substring(ROOT.length()) : "", call, caller);
    }

    /** What a form of a website sends, without an Authorization header. */
    private boolean isAnonymousRequest(String path, Call call) {
        return account.takesAnonymousRequests && call.method().equals("POST") && path.equals(ROOT + "requests");
    }

    private Answer belowOrAnything(String path, Call call, Caller caller) {
        try {
            return below(path, call, caller);
        } catch (ApiRefusal refused) {
            if (refused.isUnknownPath() && account.answersAnything) {
                return Answer.json(200, Map.of());
            }
            throw refused;
        }
    }

    /** 200 to everybody: who is unknown is "Anonymous user" without an id. */
    private Answer me(Call call, Caller caller) {
        caller.mustBeAllowed("read", "users");
        Entry user = caller.email() == null ? null : account.users.get(caller.email());
        Map<String, @Nullable Object> nobody = new LinkedHashMap<>(Resource.USERS.defaults());
        nobody.put("id", null);
        nobody.put("name", "Anonymous user");
        return Answer.json(200, Map.of("user", user == null ? nobody : Resource.USERS.shown(user.members(), call)));
    }

    private Answer below(String path, Call call, Caller caller) {
        List<String> parts = List.of(path.split("/"));
        Resource resource = Resource.at(parts.get(0));
        if (path.equals("users/me/oauth/clients") || parts.get(0).equals("oauth")) {
            return oauth(path, call, caller);
        }
        String access = call.method().equals("GET") ? "read" : "write";
        if (resource != null) {
            caller.mustBeAllowed(access, resource.plural);
            return new ResourceApi(account, call, caller, resource).answer(parts.subList(1, parts.size()));
        }
        return only(access, path, parts, call, caller);
    }

    private Answer oauth(String path, Call call, Caller caller) {
        OAuthApi oauth = new OAuthApi(account, call, caller);
        if (path.startsWith("users")) {
            return oauth.answer("clients");
        }
        return oauth.answer(path.substring(path.indexOf('/') + 1));
    }

    /** What can be read only. */
    private Answer only(String access, String path, List<String> parts, Call call, Caller caller) {
        boolean export = parts.get(0).equals("incremental") && parts.size() > 1;
        Resource exported = export ? Resource.at(parts.get(1)) : null;
        caller.mustBeAllowed(access, exported == null ? parts.get(0) : exported.plural);
        if (!access.equals("read") || exported != null && !exported.isTagged()) {
            throw ApiRefusal.unknownPath();
        }
        if (exported != null) {
            return export(new Export(account, call, exported), parts.subList(2, parts.size()));
        }
        return switch (parts.get(0)) {
            case "account" -> settings(path);
            case "job_statuses" -> new Jobs(account, call).answer(parts.subList(1, parts.size()));
            case "search" -> new Search(account).answer(path, call);
            case "tags" -> Tags.all(account, path, call);
            default -> throw ApiRefusal.unknownPath();
        };
    }

    private static Answer export(Export export, List<String> how) {
        if (!how.isEmpty() && !how.equals(List.of("cursor"))) {
            throw ApiRefusal.unknownPath();
        }
        return how.isEmpty() ? export.byTime() : export.byCursor();
    }

    private static Answer settings(String path) {
        if (!path.equals("account/settings")) {
            throw ApiRefusal.unknownPath();
        }
        return Answer.json(200, Map.of("settings", Map.of()));
    }
}
