package io.github.camelzendesk.auth.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPOutputStream;

import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelzendesk.auth.handover.HandOverFixture;
import io.github.camelzendesk.auth.testkit.TokenFault;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a whole HTTP client cannot be brought to do. */
@ExtendWith(ZendeskExtension.class)
class AuthorizationExecChainHandlerTest {
    private static final String REFUSAL = "{\"error\":\"invalid_token\",\"error_description\":\"revoked\"}";

    @TempDir
    Path directory;

    private final HttpClientContext context = HttpClientContext.create();
    private final List<Header[]> sent = new ArrayList<>();

    @Test
    void whatAnotherInterceptorCarriesToAnotherHostIsTakenOffAgain(ZendeskServer zendesk) throws Exception {
        try (HandOverFixture world = HandOverFixture.unattended(zendesk, directory)) {
            AuthorizationExecChainHandler exec =
                    new AuthorizationExecChainHandler(world::manager, Map.of("X-Zendesk-Marketplace-Name", "Shop"));
            ClassicHttpRequest request = get(world);
            exec.execute(request, scope("127.0.0.1", zendesk.port(), request), answering(200, null));
            exec.execute(request, scope("elsewhere.example.com", 80, request), answering(200, null));

            assertThat(sent.get(0)).hasSize(2);
            assertThat(sent.get(1)).isEmpty();
        }
    }

    @Test
    void aRefusalThatIsCompressedIsRecognised(ZendeskServer zendesk) throws Exception {
        try (HandOverFixture world = HandOverFixture.unattended(zendesk, directory)) {
            ClassicHttpRequest request = get(world);
            execute(world, request, answering(401, compressed()));

            assertThat(sent).hasSize(2);
            assertThat(zendesk.tokenRequestCount()).isEqualTo(2);
        }
    }

    @Test
    void aSecondRefusalIsTheCallersToRead(ZendeskServer zendesk) throws Exception {
        try (HandOverFixture world = HandOverFixture.unattended(zendesk, directory)) {
            ClassicHttpRequest request = get(world);
            ClassicHttpResponse first = execute(world, request, answering(401, REFUSAL.getBytes()));
            ClassicHttpResponse again = execute(world, request, answering(401, REFUSAL.getBytes()));

            assertThat(EntityUtils.toString(first.getEntity())).isEqualTo(REFUSAL);
            assertThat(EntityUtils.toString(again.getEntity())).isEqualTo(REFUSAL);
            assertThat(sent)
                    .as("two calls in one, as redirects are, with one repetition")
                    .hasSize(3);
        }
    }

    @Test
    void anInterruptedCallEndsAndWhatItWaitedForGoesOn(ZendeskServer zendesk) {
        CountDownLatch answer = new CountDownLatch(1);
        zendesk.nextTokenRequest(TokenFault.held(answer));
        try (HandOverFixture world = HandOverFixture.unattended(zendesk, directory)) {
            ClassicHttpRequest request = get(world);
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> execute(world, request, answering(200, null)))
                    .isInstanceOf(InterruptedIOException.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(sent).isEmpty();
            answer.countDown();
            assertThat(world.manager().authorization().join().headerValue()).startsWith("Bearer ");
            assertThat(zendesk.tokenRequestCount()).isEqualTo(1);
        }
    }

    private ClassicHttpResponse execute(HandOverFixture world, ClassicHttpRequest request, ExecChain chain)
            throws Exception {
        return new AuthorizationExecChainHandler(world::manager, Map.of())
                .execute(request, scope("127.0.0.1", world.zendesk.port(), request), chain);
    }

    private ExecChain answering(int status, byte[] body) {
        return (request, scope) -> {
            sent.add(request.getHeaders());
            ClassicHttpResponse response = new BasicClassicHttpResponse(status);
            if (body != null) {
                String encoding = body[0] == '{' ? null : "gzip";
                response.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON, encoding));
            }
            return response;
        };
    }

    private ExecChain.Scope scope(String host, int port, ClassicHttpRequest request) {
        ExecRuntime unused = (ExecRuntime) Proxy.newProxyInstance(
                ExecRuntime.class.getClassLoader(), new Class<?>[] {ExecRuntime.class}, (proxy, method, args) -> null);
        return new ExecChain.Scope("ex-1", new HttpRoute(new HttpHost("http", host, port)), request, unused, context);
    }

    private static ClassicHttpRequest get(HandOverFixture world) {
        return ClassicRequestBuilder.get(world.tickets).build();
    }

    private static byte[] compressed() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream compressor = new GZIPOutputStream(bytes)) {
            compressor.write(REFUSAL.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
