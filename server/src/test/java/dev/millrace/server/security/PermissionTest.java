package dev.millrace.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.millrace.server.Api;
import dev.millrace.server.Api.Answer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.RequestMapping;

/** Every endpoint, called by every kind of member. */
class PermissionTest {
    private static final List<String> MEMBERS = List.of(
            "admin@acme.test",
            "requester@acme.test",
            "procurement@acme.test",
            "finance.head@acme.test",
            "cfo@acme.test",
            "sales.head@acme.test",
            "process.owner@acme.test",
            "auditor@acme.test");

    private static final String UNKNOWN = "01a20e42-0000-7000-8000-000000000000";

    /** Needs nothing; a body that no endpoint takes. */
    private static final String NONSENSE = "{\"no_such_field\": 1}";

    record Endpoint(String method, String path, List<String> needs) {
        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    static List<Endpoint> endpoints() {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.millrace.server");
        var endpoints = new ArrayList<Endpoint>();
        for (var type : classes) {
            type.getMethods().stream()
                    .filter(PermissionTest::isEndpoint)
                    .map(JavaMethod::reflect)
                    .filter(method -> method.isAnnotationPresent(Needs.class))
                    .forEach(method -> {
                        RequestMapping own = AnnotatedElementUtils.getMergedAnnotation(method, RequestMapping.class);
                        RequestMapping base = AnnotatedElementUtils.getMergedAnnotation(
                                method.getDeclaringClass(), RequestMapping.class);
                        String path = (base == null ? "" : base.path()[0])
                                + (own == null || own.path().length == 0 ? "" : own.path()[0]);
                        String query = own != null && own.params().length > 0 ? "?" + own.params()[0] : "";
                        endpoints.add(new Endpoint(
                                own == null ? "" : own.method()[0].name(),
                                path.replace("/api/v1", "")
                                                .replace("{id}", UNKNOWN)
                                                .replaceAll("\\{[a-z_]+}", "unknown")
                                        + query,
                                Arrays.asList(method.getAnnotation(Needs.class).value())));
                    });
        }
        return endpoints;
    }

    private static boolean isEndpoint(JavaMethod method) {
        return method.isMetaAnnotatedWith(RequestMapping.class)
                && method.getOwner().getPackageName().startsWith("dev.millrace.server")
                && !method.getOwner().getSimpleName().equals("LastResort");
    }

    @Test
    void every_endpoint_declares_its_permission_or_that_it_is_public() {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.millrace.server");

        Set<String> silent = new TreeSet<>();
        classes.forEach(type -> type.getMethods().stream()
                .filter(PermissionTest::isEndpoint)
                .filter(method -> method.isAnnotatedWith(Needs.class) == method.isAnnotatedWith(Public.class))
                .forEach(method -> silent.add(method.getFullName())));

        assertThat(silent).isEmpty();
        assertThat(endpoints()).hasSizeGreaterThan(25);
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void an_endpoint_lets_in_who_holds_its_permission_and_nobody_else(Endpoint endpoint) {
        for (String member : MEMBERS) {
            Set<String> held = new TreeSet<>();
            Api.as(member).get("/me").body().path("permissions").forEach(p -> held.add(p.asString()));

            Answer answer = call(Api.as(member), endpoint);

            if (endpoint.needs().stream().anyMatch(held::contains)) {
                assertThat(answer.status())
                        .as(member + " " + answer.text())
                        .isNotIn(401, 403)
                        .isLessThan(500);
            } else {
                answer.expectProblem(403, "forbidden");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void an_endpoint_lets_nobody_in_without_a_token(Endpoint endpoint) {
        call(Api.anonymous(), endpoint).expectProblem(401, "unauthenticated");
    }

    private static Answer call(Api api, Endpoint endpoint) {
        return endpoint.method().equals("GET")
                ? api.get(endpoint.path())
                : api.call(endpoint.method(), endpoint.path(), NONSENSE);
    }
}
