package dev.millrace.language.check;

import dev.millrace.language.ActionType;
import dev.millrace.language.Catalogue;
import dev.millrace.language.Definition;
import dev.millrace.language.DefinitionTests;
import dev.millrace.language.Planner;
import dev.millrace.language.Problem;
import dev.millrace.language.check.Outline.StepOutline;
import dev.millrace.language.schema.DefinitionSchema;
import dev.millrace.language.testing.Found;
import dev.millrace.language.testing.TestNames;
import dev.millrace.language.testing.TestRun;
import dev.millrace.language.yaml.YamlPath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Tests name what there is; and, when nothing else is wrong, they pass. */
final class TestsRule {
    private final JsonNode tests;
    private final Catalogue catalogue;
    private final Findings findings;

    TestsRule(JsonNode document, Catalogue catalogue, Findings findings) {
        this.tests = document.path("tests");
        this.catalogue = catalogue;
        this.findings = findings;
    }

    void checkNames(Outline outline) {
        if (tests.isArray() && tests.size() <= DefinitionSchema.MAX_TESTS) {
            TestNames.check(tests, known(outline)).forEach(this::report);
        }
    }

    /** Only of a text without errors. A test tells of the definition: that a role is nobody's today is said apart. */
    List<TestRun.Outcome> run(Definition definition) {
        List<TestRun.Outcome> outcomes = TestRun.run(tests, definition, catalogue.staffed());
        outcomes.forEach(outcome -> outcome.found().forEach(this::report));
        return outcomes;
    }

    /** Failures of a test are the problems at its places. */
    static List<DefinitionTests.Test> results(List<TestRun.Outcome> outcomes, List<Problem> problems) {
        var results = new ArrayList<DefinitionTests.Test>();
        for (TestRun.Outcome outcome : outcomes) {
            String path = YamlPath.item("tests", results.size());
            List<Problem> failures = problems.stream()
                    .filter(p -> p.path().equals(path) || p.path().startsWith(path + "."))
                    .toList();
            results.add(new DefinitionTests.Test(outcome.name(), failures, outcome.simulated()));
        }
        return results;
    }

    private TestNames.Known known(Outline outline) {
        return new TestNames.Known(
                outline.ids(),
                ids(outline.steps().stream()
                        .filter(s -> s.use()
                                .type()
                                .map(ActionType::name)
                                .filter("erp.approval.request"::equals)
                                .isPresent())
                        .toList()),
                ids(outline.steps().stream()
                        .filter(s -> s.forEach().isPresent())
                        .toList()),
                units(outline),
                outline.trigger().events().stream()
                        .flatMap(e -> e.text().stream())
                        .collect(Collectors.toSet()),
                catalogue.events().keySet());
    }

    private static Set<String> ids(List<StepOutline> steps) {
        return steps.stream().flatMap(s -> s.id().stream()).collect(Collectors.toSet());
    }

    private static Set<String> units(Outline outline) {
        var units = new HashSet<String>(outline.ids());
        for (StepOutline step : outline.steps()) {
            String id = step.id().orElse("");
            for (int n = 0; n < step.onError().uses().size(); n++) {
                units.add(Planner.onErrorId(id, n));
            }
            for (int n = 0; n < step.deadlines().size(); n++) {
                units.add(Planner.onTimeoutId(id, n));
            }
        }
        for (int n = 0; n < outline.onFailure().uses().size(); n++) {
            units.add(Planner.onFailureId(n));
        }
        return units;
    }

    private void report(Found found) {
        switch (found) {
            case Found.Fault fault -> findings.error(fault.code(), fault.path(), fault.message());
            case Found.Unknown unknown -> {
                Optional<String> near = Suggestion.nearest(unknown.name(), unknown.known());
                String message = Say.expected(unknown.what(), Findings.shown(unknown.path()), unknown.name(), near);
                if (unknown.atKey()) {
                    findings.errorAtKey(unknown.code(), unknown.path(), message, near);
                } else {
                    findings.error(unknown.code(), unknown.path(), message, near);
                }
            }
        }
    }
}
