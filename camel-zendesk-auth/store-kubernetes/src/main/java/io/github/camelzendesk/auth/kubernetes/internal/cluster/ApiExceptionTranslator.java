package io.github.camelzendesk.auth.kubernetes.internal.cluster;

import java.net.HttpURLConnection;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.github.camelzendesk.auth.settings.SettingsStoreException;
import io.github.camelzendesk.auth.settings.internal.LogSafeText;

/**
 * What a failure of the API server means to an operator, and the remedy. Stateless.
 *
 * <p>The client's own exception is neither quoted nor kept as a cause: it may hold what the server sent.
 */
public final class ApiExceptionTranslator {
    /** What a tool may apply again and again. */
    public static final String RIGHTS = "META-INF/camel-zendesk-auth/kubernetes.yaml";
    /** What is created once, and changed by the pods from then on. */
    public static final String GRANT = "META-INF/camel-zendesk-auth/kubernetes-grant.yaml";

    private static final String JAR = " in the jar zendesk-auth-kubernetes";
    private static final int TOO_LARGE = 413;
    private static final int UNPROCESSABLE = 422;

    private ApiExceptionTranslator() {}

    public static boolean isConflict(KubernetesClientException e) {
        return e.getCode() == HttpURLConnection.HTTP_CONFLICT;
    }

    public static boolean isMissing(KubernetesClientException e) {
        return e.getCode() == HttpURLConnection.HTTP_NOT_FOUND;
    }

    /** Whether the server may have done what it was asked: it did not answer, or with a fault of its own. */
    public static boolean isUncertain(KubernetesClientException e) {
        return e.getCode() <= 0 || e.getCode() >= HttpURLConnection.HTTP_INTERNAL_ERROR;
    }

    public static SettingsStoreException of(
            KubernetesClientException e, SecretEntryRef place, String verb, String resource) {
        return new SettingsStoreException(place.describe() + " cannot be used: " + why(e, place, verb, resource));
    }

    public static SettingsStoreException missing(SecretEntryRef place) {
        return new SettingsStoreException(place.describe()
                + " cannot be used: there is no such Secret. Create it once, empty:"
                + " kubectl create secret generic " + place.secret() + " -n " + place.namespace() + ", or"
                + " kubectl create -f " + GRANT + JAR + ".");
    }

    private static String why(KubernetesClientException e, SecretEntryRef place, String verb, String resource) {
        return switch (e.getCode()) {
            case HttpURLConnection.HTTP_FORBIDDEN -> forbidden(place, verb, resource);
            case HttpURLConnection.HTTP_UNAUTHORIZED ->
                "the API server " + place.server()
                        + " does not accept the credentials (401). Check the service account of"
                        + " the pod, or the kubeconfig.";
            case HttpURLConnection.HTTP_NOT_FOUND ->
                "the API server has no " + resource + " here to " + verb + " (404). Check the namespace "
                        + place.namespace() + ", and set oauthSettingsLocation to one that exists.";
            case TOO_LARGE, UNPROCESSABLE ->
                "the API server refuses the new content (" + e.getCode() + reason(e)
                        + "). A Secret holds 1 MiB and must not"
                        + " be immutable: set oauthSettingsLocation to another Secret.";
            default -> e.getCode() > 0 ? failed(e, place) : unreachable(e, place);
        };
    }

    private static String forbidden(SecretEntryRef place, String verb, String resource) {
        boolean secret = resource.equals("secrets");
        return "the API server forbids to " + verb + " " + resource + " (403; '"
                + (secret ? place.secret() : place.lease()) + "' in the namespace " + place.namespace() + "). "
                + (verb.equals("create") ? noLease(place) : "")
                + "Bind the Role of " + RIGHTS + JAR + " to the service account of the pod: "
                + (secret
                        ? "get, update and watch on this Secret."
                        : "get and update on this Lease, named in its resourceNames.");
    }

    /** A right to create cannot be limited to a name, so the Role of the manifest has none. */
    private static String noLease(SecretEntryRef place) {
        return "That is, there is no Lease " + place.lease() + ". Create it once: printf"
                + " 'apiVersion: coordination.k8s.io/v1\\nkind: Lease\\nmetadata: {name: " + place.lease()
                + ", namespace: " + place.namespace() + "}\\n' | kubectl create -f -. ";
    }

    private static String failed(KubernetesClientException e, SecretEntryRef place) {
        return "the API server " + place.server() + " answered " + e.getCode() + reason(e)
                + ". Nothing is lost; the next attempt goes on from there.";
    }

    private static String unreachable(KubernetesClientException e, SecretEntryRef place) {
        Throwable root = e;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return "the API server " + place.server() + " did not answer ("
                + root.getClass().getSimpleName()
                + "). Nothing is lost; the next attempt goes on from there. If it stays so,"
                + " check the network policy of the pod, or the kubeconfig.";
    }

    private static String reason(KubernetesClientException e) {
        Status status = e.getStatus();
        return status == null || status.getReason() == null ? "" : ", " + LogSafeText.oneLine(status.getReason());
    }
}
