package dev.millrace.server.wiring;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers what Tomcat refuses by itself, a header beyond all measure: as a problem, and without telling of Tomcat. */
public final class BareErrors extends ErrorReportValve {
    private static final Logger log = LoggerFactory.getLogger(BareErrors.class);

    @Override
    protected void report(Request request, Response response, @Nullable Throwable throwable) {
        if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        try {
            response.setContentType("application/problem+json");
            response.getOutputStream().write(body(response.getStatus()).getBytes(StandardCharsets.UTF_8));
            response.finishResponse();
        } catch (IOException e) {
            log.debug("the client did not wait for the answer", e);
        }
    }

    private static String body(int status) {
        return """
                {"type":"urn:millrace:problem:bad_request","title":"Bad Request","status":%d,\
                "detail":"The request cannot be read.","code":"bad_request","trace_id":"","errors":[]}""".formatted(status);
    }
}
