package dev.millrace.server.wiring;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import dev.millrace.server.Version;
import dev.millrace.server.problem.ProblemBody;
import dev.millrace.server.request.Body;
import dev.millrace.server.request.DefinitionBody;
import dev.millrace.server.request.JsonBody;
import dev.millrace.server.security.Caller;
import dev.millrace.server.security.Needs;
import dev.millrace.server.security.Public;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.configuration.SpringDocConfiguration;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.properties.SpringDocConfigProperties;
import org.springdoc.core.properties.SwaggerUiConfigProperties;
import org.springdoc.core.properties.SwaggerUiOAuthProperties;
import org.springdoc.core.utils.SpringDocUtils;
import org.springdoc.webmvc.core.configuration.MultipleOpenApiSupportConfiguration;
import org.springdoc.webmvc.core.configuration.SpringDocWebMvcConfiguration;
import org.springdoc.webmvc.ui.SwaggerConfig;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;

/** The API's description, made of the endpoints themselves: OpenAPI at {@code /v3/api-docs}, readable at {@code /docs}. */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({
    SpringDocConfiguration.class,
    SpringDocConfigProperties.class,
    SpringDocWebMvcConfiguration.class,
    MultipleOpenApiSupportConfiguration.class,
    SwaggerConfig.class,
    SwaggerUiConfigProperties.class,
    SwaggerUiOAuthProperties.class,
})
public class Documentation {
    private static final String BEARER = "bearer";
    private static final String PROBLEM = "ProblemBody";

    /** What people call the features, by their packages. */
    private static final Map<String, String> FEATURES = Map.of(
            "security", "Signing in",
            "workflow", "Workflows and executions",
            "approval", "Approvals",
            "order", "Purchase orders",
            "sales", "Sales",
            "inbox", "Messages",
            "audit", "Audit trail",
            "admin", "Administration",
            "delegation", "Delegations");

    static {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Caller.class);
    }

    @Bean
    OpenAPI openApi() {
        return new OpenAPI()
                .info(new Info()
                        .title("Millrace")
                        .version(Version.CURRENT)
                        .description(
                                "Workflows for an ERP: definitions, executions, approvals, and the journal of all of it.")
                        .license(new License().name("Apache-2.0")))
                .components(new Components()
                        .addSecuritySchemes(
                                BEARER,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .bearerFormat("JWT")));
    }

    /** The names of the JSON: a mapper of its own, for the one that writes the document must keep OpenAPI's names. */
    @Bean
    ModelResolver snakeCase() {
        return new ModelResolver(Json31.mapper().copy().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE))
                .openapi31(true);
    }

    /** What the resolver would look into and must not: bodies are what they hold, free-form JSON is anything. */
    @Bean
    ModelConverter unwrapping() {
        return new Unwrapping();
    }

    private static final class Unwrapping implements ModelConverter {
        @Override
        public @Nullable Schema<?> resolve(
                AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
            JavaType java = Json31.mapper().constructType(type.getType());
            if (JsonNode.class.isAssignableFrom(java.getRawClass()) || java.getRawClass() == JsonBody.class) {
                return new JsonSchema().description("any JSON");
            }
            if (java.getRawClass() == Body.class) {
                return context.resolve(copy(type, java.containedType(0)));
            }
            if (java.getRawClass() == DefinitionBody.class) {
                return context.resolve(copy(type, Json31.mapper().constructType(DefinitionBody.Text.class)));
            }
            return chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
        }

        private static AnnotatedType copy(AnnotatedType type, JavaType inner) {
            return new AnnotatedType(inner).resolveAsRef(true).jsonViewAnnotation(type.getJsonViewAnnotation());
        }
    }

    /** Every operation stands with its feature, says who may call it, and how it can fail. */
    @Bean
    GlobalOperationCustomizer permissions() {
        return (operation, method) -> {
            String feature = method.getBeanType().getPackageName().replaceAll(".*\\.", "");
            operation.setTags(List.of(FEATURES.getOrDefault(feature, feature)));
            if (method.hasMethodAnnotation(Public.class)) {
                return operation;
            }
            operation.addSecurityItem(new SecurityRequirement().addList(BEARER));
            Optional.ofNullable(method.getMethodAnnotation(Needs.class))
                    .ifPresent(needs ->
                            operation.description("Needs the permission " + String.join(" or ", needs.value()) + "."));
            return failing(operation);
        };
    }

    private static Operation failing(Operation operation) {
        var problem = new Content()
                .addMediaType(
                        "application/problem+json",
                        new MediaType().schema(new Schema<>().$ref("#/components/schemas/" + PROBLEM)));
        operation
                .getResponses()
                .addApiResponse(
                        "4XX",
                        new ApiResponse()
                                .description("it cannot be done; code says why")
                                .content(problem))
                .addApiResponse(
                        "5XX",
                        new ApiResponse().description("not at the moment").content(problem));
        return operation;
    }

    /** Adds the problem's schema. Null fields are present, so every field of a record is required in an answer. */
    @Bean
    OpenApiCustomizer schemas() {
        return api -> {
            var resolved =
                    ModelConverters.getInstance(true).readAllAsResolvedSchema(new AnnotatedType(ProblemBody.class));
            resolved.referencedSchemas.forEach(api.getComponents()::addSchemas);
            api.getComponents().getSchemas().forEach((name, schema) -> complete(name, schema));
        };
    }

    private static void complete(String name, Schema<?> schema) {
        boolean form = name.endsWith("Form")
                || Set.of("Text", "Login", "Comment", "Run", "Event", "Toggle").contains(name);
        if (!form && schema.getProperties() != null) {
            schema.setRequired(List.copyOf(schema.getProperties().keySet()));
        }
    }
}
