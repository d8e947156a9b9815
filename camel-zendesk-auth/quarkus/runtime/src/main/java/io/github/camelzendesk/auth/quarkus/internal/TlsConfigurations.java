package io.github.camelzendesk.auth.quarkus.internal;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;
import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkus.arc.Arc;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.quarkus.tls.runtime.config.TlsConfig;
import io.smallrye.config.SmallRyeConfig;

/**
 * The TLS configurations of Quarkus as beans of Camel, under the names that camel-quarkus-tls-registry gives them from
 * Camel Quarkus 3.36 on. Stateless.
 */
final class TlsConfigurations {
    private static final String DEFAULT = "defaultSslContextParameters";

    private TlsConfigurations() {}

    /** Camel looks among the beans of the application first, so these keep their names. */
    static void bind(Registry beans) {
        TlsConfigurationRegistry tls =
                Arc.container().select(TlsConfigurationRegistry.class).get();
        tls.getDefault().ifPresent(configuration -> bind(beans, DEFAULT, configuration));
        ConfigProvider.getConfig()
                .unwrap(SmallRyeConfig.class)
                .getConfigMapping(TlsConfig.class)
                .namedCertificateConfig()
                .keySet()
                .forEach(name -> tls.get(name).ifPresent(configuration -> bind(beans, name, configuration)));
    }

    private static void bind(Registry beans, String name, TlsConfiguration configuration) {
        beans.bind(name, SSLContextParameters.class, parameters(configuration));
    }

    private static SSLContextParameters parameters(TlsConfiguration tls) {
        SSLContextParameters parameters = new SSLContextParameters() {
            @Override
            public SSLContext createSSLContext(CamelContext context) throws GeneralSecurityException, IOException {
                try {
                    return tls.createSSLContext();
                } catch (GeneralSecurityException | IOException | RuntimeException e) {
                    throw e;
                } catch (Exception e) {
                    throw new GeneralSecurityException(e);
                }
            }
        };
        if (tls.getTrustStore() != null) {
            parameters.setTrustManagers(trust(tls));
        }
        return parameters;
    }

    /** HTTP clients ask for it beside the context. */
    private static TrustManagersParameters trust(TlsConfiguration tls) {
        TrustManagersParameters trust = new TrustManagersParameters();
        trust.setKeyStore(new KeyStoreParameters() {
            @Override
            public KeyStore createKeyStore() {
                return tls.getTrustStore();
            }
        });
        return trust;
    }
}
