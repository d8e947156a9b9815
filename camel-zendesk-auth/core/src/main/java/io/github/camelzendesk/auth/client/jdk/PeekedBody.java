package io.github.camelzendesk.auth.client.jdk;

import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.function.Supplier;

import io.github.camelzendesk.auth.oauth.internal.wire.BearerError;

/**
 * A body of which a 401 was read first. Immutable.
 *
 * @param refusal the bytes of a 401, empty for another status
 * @param whole gives the body as the caller's handler makes it
 */
record PeekedBody<T>(byte[] refusal, Supplier<CompletionStage<T>> whole) {
    private static final int UNAUTHORIZED = 401;
    private static final byte[] NONE = {};

    /** A handler that leaves the bytes of a 401, which is short, to a later look. */
    static <T> BodyHandler<PeekedBody<T>> handler(BodyHandler<T> callers) {
        return info -> info.statusCode() == UNAUTHORIZED
                ? BodySubscribers.mapping(
                        BodySubscribers.ofByteArray(),
                        bytes -> new PeekedBody<>(bytes, () -> handed(bytes, callers, info)))
                : BodySubscribers.mapping(
                        callers.apply(info),
                        body -> new PeekedBody<>(NONE, () -> CompletableFuture.completedFuture(body)));
    }

    boolean saysInvalidToken() {
        return refusal.length < BearerError.MOST_BYTES && BearerError.isInvalidToken(refusal);
    }

    private static <T> CompletionStage<T> handed(byte[] bytes, BodyHandler<T> callers, ResponseInfo info) {
        BodySubscriber<T> subscriber = callers.apply(info);
        subscriber.onSubscribe(AllAtOnce.INSTANCE);
        subscriber.onNext(List.of(ByteBuffer.wrap(bytes)));
        subscriber.onComplete();
        return subscriber.getBody();
    }

    /** There is nothing left to ask for, or to leave out. */
    private enum AllAtOnce implements Subscription {
        INSTANCE;

        @Override
        public void request(long n) {}

        @Override
        public void cancel() {}
    }
}
