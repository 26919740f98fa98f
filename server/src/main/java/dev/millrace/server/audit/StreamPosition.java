package dev.millrace.server.audit;

import dev.millrace.engine.Engine;
import dev.millrace.server.request.Listing;
import dev.millrace.server.security.Caller;
import dev.millrace.server.security.Guard;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Says with every list how far the journal was before the list was read: a client that follows the stream from there
 * misses nothing, and may be told once more of what the list has already.
 */
@Component
public class StreamPosition implements HandlerInterceptor {
    private static final String HEADER = "X-Stream-Position";

    private final Engine engine;

    public StreamPosition(Engine engine) {
        this.engine = engine;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method && answersList(method.getReturnType())) {
            Guard.callerOf(request).map(Caller::tenant).ifPresent(tenant -> {
                long position = engine.run(tenant, engine.journal()::position);
                response.setHeader(HEADER, Long.toString(position));
            });
        }
        return true;
    }

    private static boolean answersList(MethodParameter answer) {
        ResolvableType type = ResolvableType.forMethodParameter(answer);
        return type.resolve() == Listing.class || type.getGeneric(0).resolve() == Listing.class;
    }
}
