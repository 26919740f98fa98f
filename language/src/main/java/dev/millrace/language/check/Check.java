package dev.millrace.language.check;

import dev.millrace.language.Catalogue;
import dev.millrace.language.Checked;
import dev.millrace.language.Definition;
import dev.millrace.language.DefinitionTests.Tested;
import dev.millrace.language.Problem;
import dev.millrace.language.schema.DefinitionSchema;
import dev.millrace.language.testing.TestRun;
import dev.millrace.language.yaml.YamlFault;
import dev.millrace.language.yaml.YamlText;
import dev.millrace.language.yaml.YamlText.Read;
import dev.millrace.language.yaml.YamlTree;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Runs all layers over one text, whatever the layers before found, as far as the text can be read. */
public final class Check {
    private Check() {}

    public static Checked run(String yaml, Catalogue catalogue) {
        return switch (YamlText.read(yaml)) {
            case Read.Unreadable unreadable -> {
                var findings = new Findings(YamlTree.EMPTY);
                report(unreadable.faults(), findings);
                yield new Checked.Invalid(findings.problems());
            }
            case Read.Tree readable -> check(readable, catalogue, ignored -> {});
        };
    }

    /** Builds without asking any rule; the text passed them all when it was saved. */
    public static Definition rebuild(String yaml, Catalogue catalogue) {
        return switch (YamlText.read(yaml)) {
            case Read.Unreadable unreadable ->
                throw new IllegalArgumentException("a saved definition cannot be read: "
                        + unreadable.faults().getFirst().message());
            case Read.Tree readable -> {
                var findings = new Findings(readable.tree());
                Spot workflow = new Spot("", readable.tree().document()).key("workflow");
                yield DefinitionBuilder.build(new OutlineReader(catalogue, findings).read(workflow));
            }
        };
    }

    /** As {@link #run}, with what each test gave. */
    public static Tested tests(String yaml, Catalogue catalogue) {
        return switch (YamlText.read(yaml)) {
            case Read.Unreadable unreadable -> new Tested(run(yaml, catalogue).problems(), false, List.of());
            case Read.Tree readable -> {
                var gave = new ArrayList<List<TestRun.Outcome>>();
                List<Problem> problems = check(readable, catalogue, gave::add).problems();
                List<TestRun.Outcome> outcomes =
                        gave.stream().flatMap(List::stream).toList();
                yield new Tested(problems, !gave.isEmpty(), TestsRule.results(outcomes, problems));
            }
        };
    }

    private static Checked check(
            Read.Tree readable, Catalogue catalogue, Consumer<List<TestRun.Outcome>> whatTestsGave) {
        YamlTree tree = readable.tree();
        var findings = new Findings(tree);
        report(readable.faults(), findings);
        Structure.check(tree.document(), findings);
        Spot workflow = new Spot("", tree.document()).key("workflow");
        if (!workflow.node().isObject()
                || workflow.key("steps").node().size() > DefinitionSchema.MAX_STEPS
                || findings.isFull()) {
            return new Checked.Invalid(findings.problems());
        }
        Outline outline = new OutlineReader(catalogue, findings).read(workflow);
        rules(outline, catalogue, findings);
        var tests = new TestsRule(tree.document(), catalogue, findings);
        tests.checkNames(outline);
        if (findings.hasErrors()) {
            return new Checked.Invalid(findings.problems());
        }
        Definition definition = DefinitionBuilder.build(outline);
        whatTestsGave.accept(tests.run(definition));
        return findings.hasErrors()
                ? new Checked.Invalid(findings.problems())
                : new Checked.Valid(definition, findings.problems());
    }

    private static void report(List<YamlFault> faults, Findings findings) {
        faults.forEach(findings::fault);
    }

    private static void rules(Outline outline, Catalogue catalogue, Findings findings) {
        var names = new Names(catalogue, findings);
        new TriggerRule(names, findings).check(outline.trigger());
        var actions = new ActionRule(catalogue, findings);
        var configs = new ConfigRule(names, findings);
        var webhooks = new WebhookRule(catalogue, findings);
        var waits = new WaitRule(findings);
        Uses.of(outline).map(Uses::use).forEach(use -> {
            actions.check(use);
            configs.check(use);
            webhooks.check(use);
            waits.check(use);
        });
        var timing = new TimingRule(findings);
        outline.steps().forEach(timing::check);
        var dependencies = new Dependencies(outline.steps());
        new DependencyRule(outline.steps(), dependencies, findings).check();
        new ApprovalRule(outline, catalogue, findings).check();
        new NotificationRule(outline, findings).check();
        new StartRule(outline, findings).check();
        new RunRule(outline, catalogue.workflows(), findings).check();
        new PolicyRule(outline, catalogue, findings).check(outline);
        new PathRule(outline, dependencies, catalogue, findings).check();
        new ExpressionWalk(outline, dependencies, catalogue, findings).check();
    }
}
