package io.github.camelzendesk.auth.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import com.github.tomakehurst.wiremock.core.Options;
import com.github.tomakehurst.wiremock.http.AdminRequestHandler;
import com.github.tomakehurst.wiremock.http.HttpServer;
import com.github.tomakehurst.wiremock.http.HttpServerFactory;
import com.github.tomakehurst.wiremock.http.StubRequestHandler;
import com.github.tomakehurst.wiremock.jetty11.Jetty11HttpServer;

import wiremock.jakarta.servlet.ServletException;
import wiremock.jakarta.servlet.http.HttpServletRequest;
import wiremock.jakarta.servlet.http.HttpServletResponse;
import wiremock.org.eclipse.jetty.server.Handler;
import wiremock.org.eclipse.jetty.server.Request;
import wiremock.org.eclipse.jetty.server.handler.HandlerWrapper;

/**
 * Answers 400 to malformed percent-encoding, which WireMock decodes, and fails on with a 500, before any stub or
 * transformer is asked. Stateless.
 */
final class ForgivingServerFactory implements HttpServerFactory {
    @Override
    public HttpServer buildHttpServer(Options options, AdminRequestHandler admin, StubRequestHandler stubs) {
        return new Jetty11HttpServer(options, admin, stubs) {
            @Override
            protected Handler createHandler(Options of, AdminRequestHandler adminHandler, StubRequestHandler handler) {
                Forgiving forgiving = new Forgiving();
                forgiving.setHandler(super.createHandler(of, adminHandler, handler));
                return forgiving;
            }
        };
    }

    private static final class Forgiving extends HandlerWrapper {
        @Override
        public void handle(String path, Request base, HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            try {
                super.handle(path, base, request, response);
            } catch (IllegalArgumentException e) {
                base.setHandled(true);
                send(path.equals("/oauth/tokens") ? json() : html(), response);
            }
        }

        private static Answer json() {
            return Answer.json(
                    400, Map.of("error", "invalid_request", "error_description", "The request is malformed."));
        }

        private static Answer html() {
            return Answer.html(400, ConsentPage.invalidRequest());
        }

        private static void send(Answer answer, HttpServletResponse response) throws IOException {
            response.setStatus(answer.status());
            answer.headers().forEach(response::setHeader);
            response.getOutputStream().write(answer.body().getBytes(StandardCharsets.UTF_8));
        }
    }
}
