package dev.millrace.language.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.language.Catalogue;
import dev.millrace.language.Checker;
import dev.millrace.language.EntityType;
import dev.millrace.language.EventType;
import dev.millrace.language.Field;
import dev.millrace.language.Problem;
import dev.millrace.language.Shape;
import dev.millrace.language.ValueType.Choice;
import dev.millrace.language.ValueType.ListOf;
import dev.millrace.language.ValueType.Scalar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of documents with expressions of all types, {@code typed-documents.txt}. */
class TypedDocumentsTest {
    /** What is said of a step whatever the types of its values; other tests are about it. */
    private static final Set<String> OF_OTHER_RULES = Set.of(
            "approval_not_escalated",
            "requester_unknown",
            "entity_left_pending",
            "notification_can_stop_process",
            "host_not_allowed");

    private static final String HEAD = """
            workflow:
              name: test-flow
              trigger:
                event: order.placed
              steps:
            """;
    private static final Shape ORDER = Shape.of(
            Field.required("id", Scalar.UUID, ""),
            Field.required("number", Scalar.STRING, ""),
            Field.required("total_amount", Scalar.DECIMAL, ""),
            Field.required("currency", Scalar.CURRENCY, ""),
            Field.required("amount_base", Scalar.DECIMAL, ""),
            Field.required("credit_limit", Scalar.DECIMAL, ""),
            Field.required("count", Scalar.INTEGER, ""),
            Field.required("urgent", Scalar.BOOLEAN, ""),
            Field.required("status", new Choice(List.of("draft", "approved", "cancelled")), ""),
            Field.required("due", Scalar.DATE, ""),
            Field.optional("needed_by", Scalar.DATE, ""),
            Field.optional("email", Scalar.STRING, ""),
            Field.optional("discount", Scalar.DECIMAL, ""),
            Field.required("created_at", Scalar.DATETIME, ""),
            Field.required(
                    "lines",
                    new ListOf(
                            Shape.of(
                                    Field.required("line_no", Scalar.INTEGER, ""),
                                    Field.required("account", Scalar.STRING, ""),
                                    Field.required("quantity", Scalar.DECIMAL, ""),
                                    Field.required("amount", Scalar.DECIMAL, ""),
                                    Field.optional("email", Scalar.STRING, "")),
                            false),
                    ""),
            Field.optional("tags", new ListOf(Scalar.STRING, false), ""));
    private static final Catalogue CATALOGUE = catalogue();

    record Row(String name, String yaml, List<String> expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void every_problem_of_types_is_found_with_its_code_path_place_and_suggestion(Row row) {
        List<Problem> problems = Checker.check(row.yaml(), CATALOGUE).problems().stream()
                .filter(problem -> !OF_OTHER_RULES.contains(problem.code()))
                .toList();

        assertThat(problems.stream().map(TypedDocumentsTest::line)).isEqualTo(row.expected());
        assertThat(problems).allSatisfy(TypedDocumentsTest::isWellMade);
    }

    private static String line(Problem p) {
        return p.code() + " | " + p.path() + " | " + p.line() + ":" + p.column() + "-" + p.endColumn() + " | "
                + p.suggestion().orElse("-");
    }

    private static void isWellMade(Problem problem) {
        assertThat(problem.message()).startsWith("Expected ").contains(" but ").matches(".*[.?]");
        if (!problem.code().equals("circular_dependency")) {
            assertThat(problem.message()).contains(" at " + problem.path());
        }
        boolean warns = Set.of("possibly_none", "currencies_differ").contains(problem.code());
        assertThat(problem.severity()).isEqualTo(warns ? Problem.Severity.WARNING : Problem.Severity.ERROR);
        problem.suggestion().ifPresent(s -> assertThat(problem.message()).contains(s));
    }

    static Stream<Row> rows() {
        return Stream.of(TestCatalogue.resource("/typed-documents.txt").split("(?m)^### ", -1))
                .skip(1)
                .map(TypedDocumentsTest::row);
    }

    private static Row row(String text) {
        List<String> lines = text.lines().toList();
        var yaml = new StringBuilder();
        var expected = new ArrayList<String>();
        for (String line : lines.subList(1, lines.size())) {
            if (line.startsWith(">>> ")) {
                expected.add(line.substring(4));
            } else {
                yaml.append(line).append('\n');
            }
        }
        boolean stepsOnly = yaml.toString().startsWith("    - ");
        return new Row(lines.getFirst(), (stepsOnly ? HEAD : "") + yaml, List.copyOf(expected));
    }

    /** That of the tests, with an order of which every type is known. */
    private static Catalogue catalogue() {
        Catalogue all = TestCatalogue.everything();
        var events = new HashMap<>(all.events());
        events.put("order.placed", new EventType("order.placed", "core", "", ORDER));
        var entities = new HashMap<>(all.entities());
        entities.put("purchase_order", new EntityType("purchase_order", "procurement", ORDER));
        return new Catalogue(
                all.actions(),
                all.unavailableActions(),
                events,
                all.roles(),
                all.members(),
                entities,
                all.policies(),
                all.currency(),
                all.zone());
    }
}
