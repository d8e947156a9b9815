package io.github.camelzendesk.auth.oauth.internal.wire;

import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;

/**
 * The proxies of the JVM, for what goes within TLS. Plain http is for this machine only, so no proxy may read it. Stateless.
 */
final class ProxiesForTls extends ProxySelector {
    @Override
    public List<Proxy> select(URI uri) {
        ProxySelector jvm = ProxySelector.getDefault();
        return jvm == null || !"https".equals(uri.getScheme()) ? List.of(Proxy.NO_PROXY) : jvm.select(uri);
    }

    @Override
    public void connectFailed(URI uri, SocketAddress proxy, IOException e) {
        ProxySelector jvm = ProxySelector.getDefault();
        if (jvm != null) {
            jvm.connectFailed(uri, proxy, e);
        }
    }
}
