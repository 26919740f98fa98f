package dev.millrace.server.wiring;

import dev.millrace.server.audit.StreamPosition;
import dev.millrace.server.request.Arguments;
import dev.millrace.server.security.Guard;
import java.util.List;
import org.springframework.context.annotation.Configuration;
import org.springframework.validation.Errors;
import org.springframework.validation.Validator;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** How endpoints are called: guarded, with what they ask for. */
@Configuration(proxyBeanMethods = false)
public class Mvc implements WebMvcConfigurer {
    private final Guard guard;
    private final StreamPosition streamPosition;

    public Mvc(Guard guard, StreamPosition streamPosition) {
        this.guard = guard;
        this.streamPosition = streamPosition;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(guard).addPathPatterns("/api/**");
        registry.addInterceptor(streamPosition).addPathPatterns("/api/**");
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(guard);
        resolvers.add(new Arguments());
    }

    /** None: bodies are held against their records by {@code Body}. The usual one takes a second to start. */
    @Override
    public Validator getValidator() {
        return new Validator() {
            @Override
            public boolean supports(Class<?> type) {
                return false;
            }

            @Override
            public void validate(Object target, Errors errors) {}
        };
    }

    @Override
    public void addViewControllers(ViewControllerRegistry registry) {
        registry.addRedirectViewController("/", "/docs");
    }
}
