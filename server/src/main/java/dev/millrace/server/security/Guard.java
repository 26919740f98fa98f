package dev.millrace.server.security;

import dev.millrace.server.problem.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Stands before every endpoint of the API and holds its caller against what it declares; an endpoint that declares
 * nothing lets nobody in. Gives endpoints their {@link Caller}.
 */
@Component
public class Guard implements HandlerInterceptor, HandlerMethodArgumentResolver {
    private static final String ATTRIBUTE = Caller.class.getName();

    private final Callers callers;

    public Guard(Callers callers) {
        this.callers = callers;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!(handler instanceof HandlerMethod method) || method.hasMethodAnnotation(Public.class)) {
            return true;
        }
        Caller caller = caller(SecurityContextHolder.getContext().getAuthentication());
        String[] needed = Optional.ofNullable(method.getMethodAnnotation(Needs.class))
                .map(Needs::value)
                .orElseGet(() -> new String[] {"(none declared)"});
        if (Arrays.stream(needed).noneMatch(caller::may)) {
            throw Caller.missing(String.join(" or ", needed));
        }
        request.setAttribute(ATTRIBUTE, caller);
        return true;
    }

    /** Who calls, once the guard has let him in. */
    public static Optional<Caller> callerOf(HttpServletRequest request) {
        return Optional.ofNullable(request.getAttribute(ATTRIBUTE))
                .filter(Caller.class::isInstance)
                .map(Caller.class::cast);
    }

    private Caller caller(@Nullable Authentication authentication) {
        if (!(authentication instanceof JwtAuthenticationToken token)) {
            throw Refusal.unauthenticated();
        }
        UUID tenant = UUID.fromString(token.getToken().getClaimAsString(Tokens.TENANT));
        UUID member = UUID.fromString(token.getToken().getSubject());
        return callers.find(tenant, member).orElseThrow(Refusal::invalidToken);
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Caller.class;
    }

    @Override
    public @Nullable Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest web,
            @Nullable WebDataBinderFactory binders) {
        return web.getAttribute(ATTRIBUTE, RequestAttributes.SCOPE_REQUEST);
    }
}
