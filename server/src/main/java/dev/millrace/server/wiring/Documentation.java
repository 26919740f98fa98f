package dev.millrace.server.wiring;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import dev.millrace.server.Version;
import dev.millrace.server.problem.ProblemBody;
import dev.millrace.server.security.Caller;
import dev.millrace.server.security.Needs;
import dev.millrace.server.security.Public;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
import org.springframework.web.method.HandlerMethod;

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
    private static final SchemaNames NAMES = new SchemaNames();

    /** What people call the features, by their packages. */
    private static final Map<String, String> FEATURES = Map.ofEntries(
            Map.entry("security", "Signing in"),
            Map.entry("workflow", "Workflows and executions"),
            Map.entry("approval", "Approvals"),
            Map.entry("order", "Purchase orders"),
            Map.entry("receipt", "Goods receipts"),
            Map.entry("invoice", "Suppliers' invoices"),
            Map.entry("payment", "Payments"),
            Map.entry("claim", "Expense claims"),
            Map.entry("ledger", "Ledger"),
            Map.entry("stock", "Stock"),
            Map.entry("sales", "Sales"),
            Map.entry("tax", "Sales invoices and tax"),
            Map.entry("imports", "Imports"),
            Map.entry("inbox", "Messages"),
            Map.entry("audit", "Audit trail"),
            Map.entry("admin", "Administration"),
            Map.entry("delegation", "Delegations"));

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
                                "An ERP and its workflows: documents, definitions, executions, approvals, and the journal"
                                        + " of all of it. Amounts, quantities and rates are texts in answers, so that no client"
                                        + " loses a digit; requests take numbers too.")
                        .license(new License().name("Apache-2.0")))
                .components(new Components()
                        .addSecuritySchemes(
                                BEARER,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .bearerFormat("JWT")));
    }

    /** One of the process, as the converters that ask it are: a second server in it describes the same API. */
    @Bean
    SchemaNames schemaNames() {
        return NAMES;
    }

    /** The names of the JSON: a mapper of its own, for the one that writes the document must keep OpenAPI's names. */
    @Bean
    ModelResolver snakeCase(SchemaNames names) {
        return new ModelResolver(
                        Json31.mapper().copy().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE), names)
                .openapi31(true);
    }

    /** What the resolver would look into and must not: bodies are what they hold, free-form JSON is anything. */
    @Bean
    ModelConverter unwrapping() {
        return new Unwrapping();
    }

    /** Every operation stands with its feature, says who may call it, and how it can fail. */
    @Bean
    GlobalOperationCustomizer permissions() {
        return (operation, method) -> {
            String feature = method.getBeanType().getPackageName().replaceAll(".*\\.", "");
            operation.setTags(List.of(FEATURES.getOrDefault(feature, feature)));
            operation.setOperationId(operationId(method));
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

    /** {@code payment_run_release}: stable, and known by the class and its method. */
    private static String operationId(HandlerMethod method) {
        String endpoint = method.getBeanType().getSimpleName().replaceAll("Endpoint$", "");
        String name = endpoint + "_" + method.getMethod().getName();
        return name.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
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

    /**
     * Adds the problem's schema. Null fields are present in answers, so every field of them is required; of what is sent in
     * those are that must not be null.
     */
    @Bean
    OpenApiCustomizer schemas(SchemaNames names) {
        return api -> {
            var resolved =
                    ModelConverters.getInstance(true).readAllAsResolvedSchema(new AnnotatedType(ProblemBody.class));
            resolved.referencedSchemas.forEach(api.getComponents()::addSchemas);
            Set<String> answered = new Answered(api).names();
            api.getComponents()
                    .getSchemas()
                    .forEach((name, schema) -> complete(
                            schema,
                            answered.contains(name),
                            names.typeOf(name).map(NullableFields::of).orElse(Set.of())));
            // The address of whoever asked, so that the contract is the same everywhere; left empty, one is made up.
            api.setServers(List.of(new Server().url("/")));
        };
    }

    private static void complete(Schema<?> schema, boolean answered, Set<String> nullable) {
        if (schema.getProperties() != null) {
            List<String> required = schema.getProperties().keySet().stream()
                    .filter(field -> answered || !nullable.contains(field))
                    .toList();
            schema.setRequired(required.isEmpty() ? null : required);
            schema.getProperties()
                    .replaceAll((field, value) -> nullable.contains(field) ? NullableFields.orNull(value) : value);
        }
    }
}
