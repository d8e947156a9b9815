package io.github.camelzendesk.auth.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

import io.github.camelzendesk.auth.oauth.internal.wire.BearerError;

/** The body of a response whose beginning was read already, whole again for the caller. For use by one thread. */
final class ReplayableEntity extends HttpEntityWrapper {
    private final InputStream content;

    private ReplayableEntity(HttpEntity peeked, InputStream content) {
        super(peeked);
        this.content = content;
    }

    /** Whether a 401 is about the token. When it is, its body has been read to the end; it can be read again either way. */
    static boolean saysInvalidToken(ClassicHttpResponse response) throws IOException {
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            return false;
        }
        InputStream rest = entity.getContent();
        byte[] start = rest.readNBytes(BearerError.MOST_BYTES);
        response.setEntity(
                new ReplayableEntity(entity, new SequenceInputStream(new ByteArrayInputStream(start), rest)));
        return start.length < BearerError.MOST_BYTES
                && BearerError.isInvalidToken(plain(start, entity.getContentEncoding()));
    }

    /** HttpClient decompresses further up in its chain, where not every request passes by again. */
    private static byte[] plain(byte[] body, String encoding) {
        if (encoding == null || !encoding.toLowerCase(Locale.ROOT).contains("gzip")) {
            return body;
        }
        try (InputStream decompressed = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return decompressed.readNBytes(BearerError.MOST_BYTES);
        } catch (IOException e) {
            return body;
        }
    }

    @Override
    public InputStream getContent() {
        return content;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        content.transferTo(out);
    }

    @Override
    public boolean isRepeatable() {
        return false;
    }
}
