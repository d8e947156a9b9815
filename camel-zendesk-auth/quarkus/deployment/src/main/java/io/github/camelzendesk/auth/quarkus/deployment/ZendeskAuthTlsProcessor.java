package io.github.camelzendesk.auth.quarkus.deployment;

import org.apache.camel.quarkus.core.deployment.spi.CamelContextBuildItem;
import org.apache.camel.quarkus.core.deployment.spi.CamelRuntimeTaskBuildItem;

import io.github.camelzendesk.auth.quarkus.internal.TlsRecorder;
import io.quarkus.arc.deployment.SyntheticBeansRuntimeInitBuildItem;
import io.quarkus.bootstrap.classloading.QuarkusClassLoader;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.Consume;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Record;

/**
 * Gives the component the TLS configurations of Quarkus, which an application may do without. Stateless.
 */
class ZendeskAuthTlsProcessor {
    private static final String REGISTRY = "io.quarkus.tls.runtime.config.TlsConfig";

    /** Of camel-quarkus-tls-registry, which does the same, and refuses a name that is taken. */
    private static final String OF_CAMEL = "org.apache.camel.quarkus.core.tls.TlsRegistryRecorder";

    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    @Consume(SyntheticBeansRuntimeInitBuildItem.class)
    void tlsConfigurations(
            TlsRecorder recorder, CamelContextBuildItem context, BuildProducer<CamelRuntimeTaskBuildItem> tasks) {
        if (QuarkusClassLoader.isClassPresentAtRuntime(REGISTRY)
                && !QuarkusClassLoader.isClassPresentAtRuntime(OF_CAMEL)) {
            recorder.bind(context.getCamelContext());
            tasks.produce(new CamelRuntimeTaskBuildItem(ZendeskAuthProcessor.FEATURE + "-tls"));
        }
    }
}
