package io.github.camelzendesk.auth.testkit;

import java.util.Map;
import java.util.TreeMap;

import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;

/** Hands a request that WireMock received to the protocol. Immutable, and as safe for threads as the protocol. */
record Transformer(Protocol protocol) implements ResponseDefinitionTransformerV2 {
    static final String NAME = "zendesk";

    @Override
    public ResponseDefinition transform(ServeEvent event) {
        Request request = event.getRequest();
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        request.getHeaders().all().forEach(header -> headers.put(header.key(), header.firstValue()));
        // HTTP/2 has no such header.
        headers.putIfAbsent("Host", request.getHost() + ":" + request.getPort());
        return protocol.answer(
                new Call(request.getMethod().getName(), request.getUrl(), headers, request.getBodyAsString()));
    }

    @Override
    public boolean applyGlobally() {
        return false;
    }

    @Override
    public String getName() {
        return NAME;
    }
}
