package dev.millrace.language.check;

import dev.millrace.language.check.Outline.ActionUse;
import dev.millrace.language.check.Outline.DeadlineOutline;
import dev.millrace.language.check.Outline.StepOutline;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An action of a definition and where it stands.
 *
 * @param step absent: in on_failure
 */
record Uses(Optional<StepOutline> step, ActionUse use) {

    /** In the order of the text, but for on_failure, which comes last. */
    static Stream<Uses> of(Outline outline) {
        return Stream.concat(
                outline.steps().stream().flatMap(step -> of(step).map(use -> new Uses(Optional.of(step), use))),
                outline.onFailure().uses().stream().map(use -> new Uses(Optional.empty(), use)));
    }

    private static Stream<ActionUse> of(StepOutline step) {
        return Stream.of(
                        Stream.of(step.use()),
                        step.deadlines().stream().map(DeadlineOutline::use),
                        step.onError().uses().stream())
                .flatMap(each -> each);
    }
}
