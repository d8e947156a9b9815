package io.github.camelzendesk.auth.springboot;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpResponse;

import io.github.camelzendesk.auth.oauth.internal.wire.BearerError;

/** A response whose beginning was read already, whole again for the caller. For use by one thread. */
final class PeekedResponse implements ClientHttpResponse {
    private final ClientHttpResponse response;
    private final byte[] start;
    private final InputStream body;

    private PeekedResponse(ClientHttpResponse response, byte[] start, InputStream rest) {
        this.response = response;
        this.start = start;
        this.body = new SequenceInputStream(new ByteArrayInputStream(start), rest);
    }

    static PeekedResponse of(ClientHttpResponse response) throws IOException {
        try {
            InputStream rest = response.getBody();
            return new PeekedResponse(response, rest.readNBytes(BearerError.MOST_BYTES), rest);
        } catch (IOException | RuntimeException e) {
            response.close();
            throw e;
        }
    }

    boolean saysInvalidToken() {
        return start.length < BearerError.MOST_BYTES && BearerError.isInvalidToken(start);
    }

    @Override
    public HttpStatusCode getStatusCode() throws IOException {
        return response.getStatusCode();
    }

    @Override
    public String getStatusText() throws IOException {
        return response.getStatusText();
    }

    @Override
    public HttpHeaders getHeaders() {
        return response.getHeaders();
    }

    @Override
    public InputStream getBody() {
        return body;
    }

    @Override
    public void close() {
        response.close();
    }
}
