package io.github.camelzendesk.auth.cli.internal.proxy;

import java.io.IOException;
import java.io.InputStream;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;

/** A body that is too long to be kept, and goes through piece by piece, once. For one thread. */
final class ForwardedBody extends RequestBody {
    private static final int UNKNOWN = -1;

    private final byte[] beginning;
    private final InputStream rest;
    private final long length;

    private ForwardedBody(byte[] beginning, InputStream rest, long length) {
        this.beginning = beginning;
        this.rest = rest;
        this.length = length;
    }

    /** The program that calls did not send all of it. */
    static final class BrokenOff extends IOException {
        private static final long serialVersionUID = 1L;

        private BrokenOff(IOException cause) {
            super(cause);
        }
    }

    /** Whether requests of this method may have one here. */
    static boolean mayHave(String method) {
        return !method.equals("GET") && !method.equals("HEAD");
    }

    /** Whether the request has a body, an empty one left aside. */
    static boolean isThere(Request request) {
        return request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
    }

    /** The body of a request: a short one is kept, so that it can be sent again after a 401. */
    static RequestBody of(Request request) throws BrokenOff {
        InputStream body = Content.Source.asInputStream(request);
        long length = isThere(request) ? request.getLength() : 0;
        if (length > Limits.KEPT_BODY) {
            return new ForwardedBody(new byte[0], body, length);
        }
        byte[] beginning = read(() -> body.readNBytes(Limits.KEPT_BODY + 1));
        return beginning.length > Limits.KEPT_BODY
                ? new ForwardedBody(beginning, body, UNKNOWN)
                : RequestBody.create(beginning, null);
    }

    @Override
    public @Nullable MediaType contentType() {
        // The header is passed on as it is.
        return null;
    }

    @Override
    public long contentLength() {
        return length;
    }

    @Override
    public boolean isOneShot() {
        return true;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        sink.write(beginning);
        byte[] piece = new byte[16 * 1024];
        for (int count = next(piece); count >= 0; count = next(piece)) {
            sink.write(piece, 0, count);
            // Without waiting for a whole segment: what has come goes on.
            sink.flush();
        }
    }

    private int next(byte[] piece) throws BrokenOff {
        return read(() -> rest.read(piece));
    }

    private static <T> T read(Reading<T> reading) throws BrokenOff {
        try {
            return reading.get();
        } catch (IOException e) {
            throw new BrokenOff(e);
        }
    }

    @FunctionalInterface
    private interface Reading<T> {
        T get() throws IOException;
    }
}
