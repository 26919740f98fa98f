package dev.millrace.server.wiring;

import com.fasterxml.jackson.databind.JavaType;
import dev.millrace.server.request.Body;
import dev.millrace.server.request.DefinitionBody;
import dev.millrace.server.request.JsonBody;
import dev.millrace.server.request.Upload;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Describes as JSON what Java wraps: bodies as what they hold, decimals as texts, constants in small letters, free-form JSON as anything. */
final class Unwrapping implements ModelConverter {
    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        JavaType java = Json31.mapper().constructType(type.getType());
        Class<?> raw = java.getRawClass();
        if (JsonNode.class.isAssignableFrom(raw) || raw == JsonBody.class) {
            return new JsonSchema().description("any JSON");
        }
        if (raw == BigDecimal.class) {
            return text("decimal");
        }
        if (raw == YearMonth.class) {
            return text("month");
        }
        if (raw == Upload.class) {
            return text("binary");
        }
        if (raw == Body.class) {
            return context.resolve(copy(type, java.containedType(0)));
        }
        if (raw == DefinitionBody.class) {
            return context.resolve(copy(type, Json31.mapper().constructType(DefinitionBody.Text.class)));
        }
        if (raw.isEnum()) {
            var choice = new JsonSchema();
            choice.setTypes(new LinkedHashSet<>(Set.of("string")));
            choice.setEnum(Arrays.stream(raw.getEnumConstants())
                    .<Object>map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                    .toList());
            return choice;
        }
        return chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
    }

    private static Schema<?> text(String format) {
        return new JsonSchema().types(new LinkedHashSet<>(Set.of("string"))).format(format);
    }

    private static AnnotatedType copy(AnnotatedType type, JavaType inner) {
        return new AnnotatedType(inner).resolveAsRef(true).jsonViewAnnotation(type.getJsonViewAnnotation());
    }
}
