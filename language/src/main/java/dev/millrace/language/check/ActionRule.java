package dev.millrace.language.check;

import dev.millrace.language.ActionType;
import dev.millrace.language.Catalogue;
import dev.millrace.language.ProblemCode;
import dev.millrace.language.check.Outline.ActionUse;
import dev.millrace.language.check.Outline.Where;
import java.util.Optional;

/** The action exists for this company, and may stand where it stands. */
final class ActionRule {
    private final Catalogue catalogue;
    private final Findings findings;

    ActionRule(Catalogue catalogue, Findings findings) {
        this.catalogue = catalogue;
        this.findings = findings;
    }

    void check(ActionUse use) {
        use.action().text().ifPresent(name -> {
            if (use.type().isPresent()) {
                place(use, use.type().get());
            } else {
                unknown(use, name);
            }
        });
    }

    private void unknown(ActionUse use, String name) {
        String module = catalogue.unavailableActions().get(name);
        if (module != null) {
            findings.error(
                    ProblemCode.MODULE_MISSING,
                    use.action().path(),
                    "Expected an action of this company's modules at "
                            + use.action().shown() + " but '" + name
                            + "' needs the module " + module
                            + ", which this company does not have; ask an administrator to switch it on.");
            return;
        }
        if (Names.refuseInvisible(use.action(), findings)) {
            return;
        }
        Optional<String> near = Suggestion.nearest(name, catalogue.actions().keySet());
        findings.error(
                ProblemCode.UNKNOWN_ACTION,
                use.action().path(),
                Say.expected("the name of an action", use.action().shown(), name, near),
                near);
    }

    private void place(ActionUse use, ActionType type) {
        boolean waits = use.where() != Where.STEP && type.kind() == ActionType.Kind.WAITING;
        if (!waits && type.places().contains(use.where().place())) {
            return;
        }
        String why = waits ? "waits for people or events; make it a step of its own." : "may not stand there.";
        findings.error(
                ProblemCode.ACTION_NOT_ALLOWED_HERE,
                use.action().path(),
                "Expected an action that may stand in " + use.where().words() + " at "
                        + use.action().shown() + " but '" + type.name() + "' " + why);
    }
}
