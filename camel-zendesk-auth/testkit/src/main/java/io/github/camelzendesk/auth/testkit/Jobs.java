package io.github.camelzendesk.auth.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.testkit.Account.Job;

/**
 * Jobs, each of which changes up to a hundred things, and what became of them ("Job Statuses" in Zendesk's reference). For
 * use under the protocol's lock.
 *
 * <p>A job is done before it is answered; the answer says "queued" all the same, as Zendesk's does. How Zendesk words the
 * failure of one of its tasks, and what it answers to more than a hundred, is not documented, and a guess here.
 */
record Jobs(Account account, Call call) {
    private static final int LARGEST = 100;
    private static final Duration KEPT = Duration.ofDays(1);

    /** Answers a path below /api/v2/job_statuses. */
    Answer answer(List<String> path) {
        account.jobs.removeIf(job -> job.at().isBefore(account.clock.instant().minus(KEPT)));
        return switch (String.join("/", path)) {
            case "" -> list(account.jobs);
            case "show_many" -> list(chosen());
            default -> Answer.json(200, Map.of("job_status", completed(one(String.join("/", path)))));
        };
    }

    private List<Job> chosen() {
        List<String> ids = call.ids();
        return account.jobs.stream().filter(job -> ids.contains(job.id())).toList();
    }

    private Job one(String id) {
        return account.jobs.stream()
                .filter(job -> job.id().equals(id))
                .findFirst()
                .orElseThrow(ApiRefusal::noRecord);
    }

    /** Carries out the tasks of a job, each for itself. */
    <T> Answer queued(String action, Resource resource, List<T> tasks, Function<T, Long> task) {
        if (tasks.isEmpty() || tasks.size() > LARGEST) {
            throw ApiRefusal.refused(400, "BadRequest", "A job takes 1 to " + LARGEST + " " + resource.plural);
        }
        List<Map<String, @Nullable Object>> results = new ArrayList<>();
        tasks.forEach(each -> results.add(result(action, results.size(), each, task)));
        Job job = new Job(
                String.format("%032x", account.nextId()),
                account.clock.instant(),
                "Bulk " + capital(action) + " " + capital(resource.singular),
                List.copyOf(results));
        account.jobs.add(job);
        return Answer.json(200, Map.of("job_status", status(job, "queued", null, null)));
    }

    private static <T> Map<String, @Nullable Object> result(String action, int index, T each, Function<T, Long> task) {
        try {
            Long id = task.apply(each);
            return Json.members(
                    "index", index, "id", id, "action", action, "success", true, "status", capital(action) + "d");
        } catch (ApiRefusal refused) {
            Map<String, @Nullable Object> why = Json.map(refused.answer().body());
            return Json.members(
                    "index",
                    index,
                    "id",
                    each instanceof Long id ? id : null,
                    "error",
                    why.get("error"),
                    "details",
                    why.get("description"),
                    "success",
                    false,
                    "status",
                    "Failed");
        }
    }

    private static String capital(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }

    private Answer list(List<Job> jobs) {
        return Page.of(jobs.stream().map(this::completed).toList(), call).answer("job_statuses");
    }

    private Map<String, @Nullable Object> completed(Job job) {
        return status(job, "completed", job.results().size(), job.results());
    }

    private Map<String, @Nullable Object> status(
            Job job, String status, @Nullable Integer tasks, @Nullable List<?> results) {
        return Json.members(
                "id",
                job.id(),
                "url",
                call.origin() + "/api/v2/job_statuses/" + job.id() + ".json",
                "job_type",
                job.type(),
                "status",
                status,
                "total",
                tasks,
                "progress",
                tasks,
                "message",
                results == null ? null : "Completed at " + job.at(),
                "results",
                results);
    }
}
