package dev.millrace.server.request;

import dev.millrace.server.problem.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Gives endpoints their {@link Body}, {@link JsonBody}, {@link DefinitionBody}, {@link Upload} and {@link Page}. */
public final class Arguments implements HandlerMethodArgumentResolver {
    private static final Set<Class<?>> KNOWN =
            Set.of(Body.class, JsonBody.class, DefinitionBody.class, Upload.class, Page.class);
    private static final List<MediaType> YAML = List.of(
            MediaType.parseMediaType("application/yaml"),
            MediaType.parseMediaType("application/x-yaml"),
            MediaType.parseMediaType("text/yaml"));
    private static final MediaType JSON_LIKE = new MediaType("application", "*+json");

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return KNOWN.contains(parameter.getParameterType());
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest web,
            @Nullable WebDataBinderFactory binders)
            throws IOException {
        var request = (HttpServletRequest) web.getNativeRequest();
        if (parameter.getParameterType() == Page.class) {
            return Page.of(request.getParameter("limit"), request.getParameter("cursor"));
        }
        Optional<MediaType> type = type(request);
        if (parameter.getParameterType() == Upload.class) {
            return Upload.read(request.getInputStream(), type);
        }
        boolean yaml = type.filter(t -> YAML.stream().anyMatch(t::equalsTypeAndSubtype))
                .isPresent();
        if (parameter.getParameterType() == DefinitionBody.class) {
            requireJson(yaml ? Optional.empty() : type);
            return new DefinitionBody(bytes(request, DefinitionBody.BYTES_MOST), yaml);
        }
        requireJson(type);
        if (parameter.getParameterType() == JsonBody.class) {
            return new JsonBody(bytes(request, Body.BYTES_MOST));
        }
        return new Body<>(bytes(request, Body.BYTES_MOST), record(parameter));
    }

    private static Class<? extends Record> record(MethodParameter parameter) {
        Class<?> type =
                ResolvableType.forMethodParameter(parameter).getGeneric(0).resolve(Record.class);
        return type.asSubclass(Record.class);
    }

    private static Optional<MediaType> type(HttpServletRequest request) {
        try {
            return Optional.ofNullable(request.getContentType()).map(MediaType::parseMediaType);
        } catch (InvalidMediaTypeException e) {
            throw unsupported(String.valueOf(request.getContentType()));
        }
    }

    private static void requireJson(Optional<MediaType> type) {
        type.filter(t -> !t.equalsTypeAndSubtype(MediaType.APPLICATION_JSON) && !JSON_LIKE.includes(t))
                .ifPresent(t -> {
                    throw unsupported(t.toString());
                });
    }

    private static Refusal unsupported(String type) {
        return Refusal.of(
                HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                "unsupported_media_type",
                "Expected a body of type application/json but got '" + type + "'.");
    }

    private static byte[] bytes(HttpServletRequest request, int most) throws IOException {
        byte[] bytes = request.getInputStream().readNBytes(most + 1);
        if (bytes.length > most) {
            throw Refusal.tooLarge(most);
        }
        return bytes;
    }
}
