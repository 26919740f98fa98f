package dev.millrace.server.admin;

import dev.millrace.engine.Engine;
import dev.millrace.engine.StoredDefinition;
import dev.millrace.engine.Tx;
import dev.millrace.engine.definition.DefinitionRows.Which;
import dev.millrace.language.Catalogue;
import dev.millrace.language.Checker;
import dev.millrace.language.Problem;
import dev.millrace.language.ProblemCode;
import dev.millrace.server.problem.FieldProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Finds enabled definitions that the company's rules do not allow any more. */
@Component
public class BrokenDefinitions {
    private static final int AT_ONCE = 200;
    private static final Set<String> BY_RULES = Set.of(
            ProblemCode.APPROVAL_MISSING_ON_PATH.code(),
            ProblemCode.ACTION_FORBIDDEN.code(),
            ProblemCode.AUTO_APPROVAL_FORBIDDEN.code(),
            ProblemCode.SELF_APPROVAL_FORBIDDEN.code(),
            ProblemCode.HOST_NOT_ALLOWED.code(),
            ProblemCode.MODULE_MISSING.code());

    private final Engine engine;

    public BrokenDefinitions(Engine engine) {
        this.engine = engine;
    }

    /** An enabled definition, and what it breaks. */
    record Broken(UUID id, String name, int version, List<FieldProblem> problems) {}

    List<Broken> in(Tx tx) {
        Catalogue catalogue = engine.catalogues().of(tx);
        var found = new ArrayList<Broken>();
        Optional<StoredDefinition> after = Optional.empty();
        List<StoredDefinition> page;
        do {
            page = engine.definitions().list(tx, Which.ENABLED, after, AT_ONCE);
            page.forEach(definition -> {
                List<FieldProblem> problems = Checker.check(definition.yaml(), catalogue).problems().stream()
                        .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                        .filter(problem -> BY_RULES.contains(problem.code()))
                        .map(FieldProblem::of)
                        .toList();
                if (!problems.isEmpty()) {
                    found.add(new Broken(definition.id(), definition.name(), definition.version(), problems));
                }
            });
            after = page.isEmpty() ? Optional.empty() : Optional.of(page.getLast());
        } while (page.size() == AT_ONCE);
        return found;
    }
}
