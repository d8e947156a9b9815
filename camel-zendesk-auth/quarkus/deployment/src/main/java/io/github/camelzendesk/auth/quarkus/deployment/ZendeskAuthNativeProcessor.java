package io.github.camelzendesk.auth.quarkus.deployment;

import java.util.List;
import java.util.stream.Stream;

import io.github.camelzendesk.auth.settings.SettingsStoreProvider;
import io.quarkus.bootstrap.classloading.QuarkusClassLoader;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.ExtensionSslNativeSupportBuildItem;
import io.quarkus.deployment.builditem.nativeimage.NativeImageResourceBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveClassBuildItem;
import io.quarkus.deployment.builditem.nativeimage.RuntimeInitializedClassBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ServiceProviderBuildItem;

/**
 * What a native image must know of the component. Stateless.
 *
 * <p>Camel Quarkus itself registers the component, the endpoint, the configurers and the URI factory, and
 * OkHttp brings its own configuration. A test holds this class against the component's byte code.
 */
class ZendeskAuthNativeProcessor {
    private static final String FRONT = "io.github.camelzendesk.auth.";

    /** What routes and properties name: beans, values of options, and errors in onException. */
    private static final List<String> NAMED_BY_USERS = List.of(
            FRONT + "ZendeskAuthPolicy",
            FRONT + "ZendeskAuthConfiguration",
            FRONT + "ZendeskAuthConnection",
            FRONT + "ZendeskAuthOperation",
            FRONT + "KameletCursor",
            FRONT + "KameletParameters",
            FRONT + "KameletSendDynamicAware",
            FRONT + "ZendeskAuthSendDynamicAware",
            FRONT + "options.AuthScheme",
            FRONT + "options.InitiateOAuth",
            FRONT + "options.OAuthClientKind",
            FRONT + "options.ProxyType",
            FRONT + "oauth.ZendeskAuthException",
            FRONT + "oauth.AuthorizationRequired",
            FRONT + "oauth.ConnectionState",
            FRONT + "oauth.ConfigurationRefused",
            FRONT + "oauth.SettingsUnavailable",
            FRONT + "oauth.TokenEndpointUnavailable",
            FRONT + "settings.Precedence",
            FRONT + "settings.SettingsStoreException");

    /** JMX reads annotations of the first two and calls their methods; the last is found by its name. */
    private static final List<String> OPERATED = List.of(
            FRONT + "monitor.ManagedConnection",
            FRONT + "monitor.ManagedConnectionGroup",
            FRONT + "ZendeskAuthDevConsole");

    /** What the component looks for by name. An image knows no class by its name that is not registered. */
    static final List<String> LOOKED_FOR = List.of(
            "io.micrometer.core.instrument.MeterRegistry",
            "io.micrometer.observation.ObservationRegistry",
            "org.apache.camel.impl.health.AbstractHealthCheck");

    @BuildStep
    ExtensionSslNativeSupportBuildItem ssl() {
        return new ExtensionSslNativeSupportBuildItem(ZendeskAuthProcessor.FEATURE);
    }

    @BuildStep
    ReflectiveClassBuildItem namedByUsers() {
        return reflective(NAMED_BY_USERS);
    }

    @BuildStep
    ReflectiveClassBuildItem operated() {
        return reflective(OPERATED);
    }

    /** Only beside their libraries, because an image in which a registered class cannot be linked is not built. */
    @BuildStep
    void handOvers(BuildProducer<ReflectiveClassBuildItem> reflective) {
        for (HandOver handOver : HandOver.values()) {
            if (handOver.isUsable()) {
                reflective.produce(reflective(List.of(handOver.className())));
            }
        }
    }

    @BuildStep
    void optionalLibraries(BuildProducer<ReflectiveClassBuildItem> reflective) {
        LOOKED_FOR.stream()
                .filter(QuarkusClassLoader::isClassPresentAtRuntime)
                .map(name -> ReflectiveClassBuildItem.builder(name)
                        .constructors(false)
                        .reason(ZendeskAuthProcessor.FEATURE)
                        .build())
                .forEach(reflective::produce);
    }

    /** The stores of other jars, such as jdbc and kubernetes. */
    @BuildStep
    ServiceProviderBuildItem settingsStores() {
        return ServiceProviderBuildItem.allProvidersFromClassPath(SettingsStoreProvider.class.getName());
    }

    @BuildStep
    NativeImageResourceBuildItem pages() {
        return new NativeImageResourceBuildItem("io/github/camelzendesk/auth/login/callback.html");
    }

    /** Random numbers, threads, the process and its system differ where the image runs. */
    @BuildStep
    void initializedAtRuntime(BuildProducer<RuntimeInitializedClassBuildItem> atRuntime) {
        Stream.of(
                        "login.Pkce",
                        "oauth.internal.rotation.ProcessName",
                        "oauth.internal.engine.SharedThreads$Holder",
                        "oauth.internal.wire.Transport",
                        "settings.internal.file.NioFileOperations")
                .map(name -> new RuntimeInitializedClassBuildItem(FRONT + name))
                .forEach(atRuntime::produce);
    }

    private static ReflectiveClassBuildItem reflective(List<String> names) {
        return ReflectiveClassBuildItem.builder(names)
                .constructors()
                .methods()
                .fields()
                .reason(ZendeskAuthProcessor.FEATURE)
                .build();
    }
}
