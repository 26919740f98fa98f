package dev.millrace.engine.policy;

import dev.millrace.engine.Directory;
import dev.millrace.engine.Transactions;
import dev.millrace.engine.Tx;
import dev.millrace.engine.action.ActionFailure;
import dev.millrace.engine.policy.GrantRows.Document;
import dev.millrace.language.ActionType;
import dev.millrace.language.Definition;
import dev.millrace.language.Effect;
import dev.millrace.language.Policies.ApprovalAbove;
import dev.millrace.language.Step;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Holds every action, just before it runs, against what its company allows now: its policies may have tightened, and a
 * module may have been switched off, since the definition was saved. What is refused fails its step for good, with a
 * code; {@code docs/tenants.md} lists them. Where no policy is set nothing is read but {@link RulesInForce}.
 */
public final class PolicyGate {
    private final RulesInForce inForce;
    private final Directory directory;
    private final Transactions transactions;
    private final GrantRows grants = new GrantRows();

    public PolicyGate(RulesInForce inForce, Directory directory, Transactions transactions) {
        this.inForce = inForce;
        this.directory = directory;
        this.transactions = transactions;
    }

    /**
     * An action that is about to run.
     *
     * @param step the step that it is, or belongs to; empty for {@code on_failure}
     * @param event the name of the event that started the execution, if one did
     * @param input its config as it was rendered
     */
    public record Use(
            UUID tenant,
            UUID execution,
            Definition definition,
            Optional<Step> step,
            Optional<String> event,
            ObjectNode trigger,
            ActionType action,
            ObjectNode input) {}

    /**
     * @throws ActionFailure permanent: {@code module_disabled}, {@code action_forbidden} or
     *     {@code approval_missing_on_path}
     */
    public void check(Use use) {
        Rules rules = inForce.of(use.tenant());
        checkAction(use.action(), rules);
        for (ApprovalAbove limit : rules.policies().approvalAbove()) {
            if (limit.covers(use.action().name())) {
                checkAmount(use, limit, rules);
            }
        }
    }

    /**
     * Of an action that posts and pays nothing.
     *
     * @throws ActionFailure permanent: {@code module_disabled} or {@code action_forbidden}
     */
    public void check(UUID tenant, ActionType action) {
        checkAction(action, inForce.of(tenant));
    }

    private static void checkAction(ActionType action, Rules rules) {
        if (!rules.modules().contains(action.module())) {
            throw ActionFailure.permanent(
                    "module_disabled",
                    "Expected the module " + action.module() + ", which " + action.name()
                            + " belongs to, but it is switched off: have it switched on, then retry");
        }
        if (rules.policies().forbids(action.name())) {
            throw ActionFailure.permanent(
                    "action_forbidden",
                    "This company's policy forbids " + action.name() + ": use another action, or ask an administrator");
        }
    }

    private void checkAmount(Use use, ApprovalAbove limit, Rules rules) {
        boolean named = limit.actions().contains(use.action().name());
        if (use.action().effect().amountOf().isEmpty() && !named) {
            return;
        }
        Optional<Document> about = document(use);
        Set<String> before =
                use.step().map(step -> ancestors(use.definition(), step)).orElse(Set.of());
        transactions.run(use.tenant(), tx -> {
            Optional<BigDecimal> amount = amount(tx, use, about, rules);
            if (amount.filter(a -> a.compareTo(limit.amount()) <= 0).isEmpty()) {
                requireGrants(grants.granted(tx, use.execution(), before, about), amount, use, limit, rules);
            }
            return about;
        });
    }

    /** A document may have been changed since it started the execution, so it is asked what it is about now. */
    private Optional<BigDecimal> amount(Tx tx, Use use, Optional<Document> about, Rules rules) {
        return AmountAtStake.isOfDocument(use.action())
                ? about.flatMap(document -> directory.card(tx, document.type(), document.id()))
                        .flatMap(card -> AmountAtStake.of(card.document()))
                        .or(() -> AmountAtStake.of(use.action(), use.input(), use.trigger(), rules.currency()))
                : AmountAtStake.of(use.action(), use.input(), use.trigger(), rules.currency());
    }

    private static void requireGrants(
            int granted, Optional<BigDecimal> amount, Use use, ApprovalAbove limit, Rules rules) {
        if (granted < limit.levels()) {
            throw ActionFailure.permanent(
                    "approval_missing_on_path",
                    "This company's policy asks for " + limit.levels() + " approval(s) before "
                            + use.action().name()
                            + " above " + limit.amount().toPlainString() + " " + rules.currency() + ", but "
                            + granted + " of this document lie before it, and it is about "
                            + amount.map(a -> a.toPlainString() + " " + rules.currency())
                                    .orElse("an amount that cannot be told")
                            + ": let the workflow ask for it, then retry");
        }
    }

    private static Set<String> ancestors(Definition definition, Step step) {
        var found = new HashSet<String>();
        var open = new ArrayDeque<String>(step.dependsOn());
        while (!open.isEmpty()) {
            String id = open.poll();
            if (found.add(id)) {
                Optional.ofNullable(definition.stepsById().get(id)).ifPresent(s -> open.addAll(s.dependsOn()));
            }
        }
        return found;
    }

    /** The document whose state the action sets; that of the trigger where it names none. */
    private static Optional<Document> document(Use use) {
        Effect effect = use.action().effect();
        Optional<Document> own = effect.entity()
                .flatMap(type -> effect.id()
                        .flatMap(field -> id(use.input().path(field)))
                        .map(id -> new Document(type, id)));
        return own.or(() -> use.event()
                .filter(name -> name.contains("."))
                .map(name -> name.substring(0, name.indexOf('.')))
                .flatMap(type -> List.of("id", type + "_id").stream()
                        .flatMap(field -> id(use.trigger().path(field)).stream())
                        .findFirst()
                        .map(id -> new Document(type, id))));
    }

    private static Optional<UUID> id(JsonNode node) {
        try {
            return node.isString() ? Optional.of(UUID.fromString(node.stringValue())) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
