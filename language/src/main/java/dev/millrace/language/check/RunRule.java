package dev.millrace.language.check;

import dev.millrace.language.ProblemCode;
import dev.millrace.language.SubWorkflow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The definitions that others are to run exist, can be run, and do not run in a circle. Says nothing of names that are
 * worked out, and of other definitions nothing where it is not known which the company has.
 */
final class RunRule {
    private final Outline outline;
    private final Optional<Map<String, SubWorkflow>> company;
    private final Findings findings;
    private final String own;

    RunRule(Outline outline, Optional<Map<String, SubWorkflow>> company, Findings findings) {
        this.outline = outline;
        this.company = company;
        this.findings = findings;
        this.own = outline.workflow().key("name").text().orElse("");
    }

    void check() {
        List<Spot> named = named().toList();
        if (named.isEmpty()) {
            return;
        }
        Map<String, String> towardsOwn = towards(own, company.orElse(Map.of()));
        named.forEach(spot -> {
            if (spot.is(own)) {
                itself(spot);
            } else {
                company.ifPresent(known -> other(spot, known, towardsOwn));
            }
        });
    }

    private Stream<Spot> named() {
        return Uses.of(outline)
                .map(Uses::use)
                .filter(use -> use.action().is("core.run_workflow"))
                .map(use -> use.config().key("workflow"))
                .filter(spot -> spot.text()
                        .filter(text -> !TemplateReader.isTemplate(text))
                        .isPresent());
    }

    private void itself(Spot spot) {
        if (outline.trigger().spot().key("manual").isGiven()) {
            circle(spot, own);
        } else {
            notManual(spot);
        }
    }

    private void other(Spot spot, Map<String, SubWorkflow> known, Map<String, String> towardsOwn) {
        String name = spot.text().orElse("");
        SubWorkflow found = known.get(name);
        if (found == null) {
            unknown(spot, name, known);
        } else if (!found.manual()) {
            notManual(spot);
        } else if (!found.enabled()) {
            findings.warning(
                    ProblemCode.WORKFLOW_NOT_ENABLED,
                    spot.path(),
                    "Expected a workflow that is switched on" + Say.place(spot.shown()) + " but " + Say.quoted(name)
                            + " is not; switch it on before this runs.");
        }
        if (towardsOwn.containsKey(name)) {
            circle(spot, way(name, towardsOwn));
        }
    }

    private void unknown(Spot spot, String name, Map<String, SubWorkflow> known) {
        if (findings.isFull() || Names.refuseInvisible(spot, findings)) {
            return;
        }
        Set<String> manual = known.entrySet().stream()
                .filter(other -> other.getValue().manual())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        Optional<String> near = Suggestion.nearest(name, manual);
        findings.error(
                ProblemCode.UNKNOWN_WORKFLOW,
                spot.path(),
                Say.expected("a workflow of this company", spot.shown(), name, near),
                near);
    }

    private void notManual(Spot spot) {
        findings.error(
                ProblemCode.WORKFLOW_NOT_MANUAL,
                spot.path(),
                "Expected a workflow that starts by hand" + Say.place(spot.shown()) + " but "
                        + Say.quoted(spot.text().orElse(""))
                        + " starts by an event or a schedule; give it 'manual: true', or name another.");
    }

    private void circle(Spot spot, String way) {
        findings.warning(
                ProblemCode.TRIGGERS_ITSELF,
                spot.path(),
                "Expected a workflow that does not lead back here" + Say.place(spot.shown()) + " but they run in a circle: "
                        + own + " → " + way + "; make sure by a condition that this ends.");
    }

    private String way(String from, Map<String, String> towardsOwn) {
        var names = new ArrayList<String>();
        for (String at = from; !at.equals(own); at = towardsOwn.getOrDefault(at, own)) {
            names.add(at);
        }
        names.add(own);
        return String.join(" → ", names);
    }

    /** For each definition that leads to the target by what is switched on, the next on its shortest way there. */
    private static Map<String, String> towards(String target, Map<String, SubWorkflow> company) {
        var runBy = new HashMap<String, Set<String>>();
        company.forEach((name, workflow) -> {
            if (workflow.enabled()) {
                workflow.runs()
                        .forEach(run -> runBy.computeIfAbsent(run, ignored -> new HashSet<>())
                                .add(name));
            }
        });
        var next = new HashMap<String, String>();
        Queue<String> open = new ArrayDeque<>(List.of(target));
        while (!open.isEmpty()) {
            String reached = open.remove();
            runBy.getOrDefault(reached, Set.of()).stream().sorted().forEach(name -> {
                if (!name.equals(target) && next.putIfAbsent(name, reached) == null) {
                    open.add(name);
                }
            });
        }
        return next;
    }
}
