package io.github.camelzendesk.examples;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.camel.http.base.HttpOperationFailedException;

import com.fasterxml.jackson.core.JsonProcessingException;

import io.github.camelzendesk.auth.oauth.ZendeskAuthException;
import io.github.camelzendesk.auth.options.Option;
import io.github.camelzendesk.auth.options.Options;

/** Says in one paragraph what went wrong and what to do about it. Stateless. */
final class Failure {
    private Failure() {}

    static String explain(Throwable error) {
        return first(error, ZendeskAuthException.class)
                .map(e -> withVariables(e.getMessage()))
                .or(() -> first(error, HttpOperationFailedException.class).map(Failure::answered))
                .or(() -> first(error, JsonProcessingException.class)
                        .map(e -> "Zendesk's answer is not JSON. Check ZENDESK_URL."))
                .or(() -> first(error, IOException.class).map(Failure::unreachable))
                .orElseGet(() -> "Unexpected: " + error + ". This is worth a bug report.");
    }

    private static <T extends Throwable> Optional<T> first(Throwable error, Class<T> type) {
        return Stream.iterate(error, e -> e != null, Throwable::getCause)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }

    /** The component speaks of options, and here they come from variables. */
    private static String withVariables(String message) {
        List<Option<?>> named = namedIn(message);
        return named.isEmpty()
                ? message
                : message + "\nHere the options are environment variables: "
                        + named.stream()
                                .map(option -> option + " is " + option.variable())
                                .collect(Collectors.joining(", "))
                        + ".";
    }

    /** One-word names are left out, being words of every sentence. */
    private static List<Option<?>> namedIn(String sentence) {
        List<String> words = List.of(sentence.split("[^A-Za-z0-9]+"));
        return Options.ALL.stream()
                .filter(option -> !option.name().equals(option.name().toLowerCase(Locale.ROOT)))
                .filter(option -> words.contains(option.name()))
                .toList();
    }

    private static String answered(HttpOperationFailedException e) {
        String what = "Zendesk answered " + e.getStatusCode() + " to the request for tickets: ";
        return what
                + switch (e.getStatusCode()) {
                    case 401 -> "it does not accept these credentials. Check them, and log in again or renew them.";
                    case 403 ->
                        "the user or the scope may not read tickets. Give the OAuth client the scope read, and"
                                + " its user the role of an agent.";
                    case 404 -> "there is no such account. Check ZENDESK_URL.";
                    case 429 -> "there were too many requests. Run this again in a minute.";
                    default -> "check ZENDESK_URL, and run this again later.";
                };
    }

    private static String unreachable(IOException e) {
        return "Zendesk could not be reached (" + e + "). Check ZENDESK_URL and the network.";
    }
}
