package dev.millrace.language.edit;

import dev.millrace.language.ActionType;
import dev.millrace.language.Edit;
import dev.millrace.language.Edited;
import dev.millrace.language.schema.Forms;
import java.util.List;
import java.util.Map;

/** Makes edits, all or none. */
public final class Editing {
    private Editing() {}

    public static Edited apply(String yaml, Map<String, ActionType> actions, List<Edit> edits) {
        try {
            var working = new Working(yaml);
            edits.forEach(edit -> make(edit, working, actions));
            return working.done();
        } catch (Refusal refusal) {
            return refusal.answer();
        }
    }

    private static void make(Edit edit, Working working, Map<String, ActionType> actions) {
        var steps = new Steps(working);
        var values = new Values(working);
        switch (edit) {
            case Edit.AddStep add -> steps.add(add.position(), Trees.normal(add.step()));
            case Edit.RemoveStep remove -> steps.remove(remove.id());
            case Edit.ReplaceStep replace -> steps.replace(replace.id(), Trees.normal(replace.step()));
            case Edit.RenameStep rename -> rename(rename, working, steps, actions);
            case Edit.MoveStep move -> steps.move(move.id(), move.position());
            case Edit.SetValue set -> values.set(Path.of(set.path()), Trees.normal(set.value()));
            case Edit.RemoveValue remove -> values.remove(Path.of(remove.path()));
            case Edit.Exactly exactly -> working.exactly(exactly.replacements());
        }
    }

    private static void rename(Edit.RenameStep rename, Working working, Steps steps, Map<String, ActionType> actions) {
        Path step = steps.find(rename.id());
        if (rename.id().equals(rename.newId())) {
            return;
        }
        if (!rename.newId().matches(Forms.SNAKE)) {
            throw new Refusal(
                    Edited.Code.VALUE_NOT_ALLOWED,
                    "Expected an id in snake_case (such as finance_head) but got '" + rename.newId()
                            + "'; take another.");
        }
        steps.refuseTaken(rename.newId());
        new Renaming(working, actions, rename.id(), rename.newId()).of(step);
    }
}
