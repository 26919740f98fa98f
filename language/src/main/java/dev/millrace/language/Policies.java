package dev.millrace.language;

import dev.millrace.language.policy.PoliciesText;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A tenant's guard rails.
 *
 * @param selfApproval whether a person may approve an own request
 * @param samePersonTwice whether one person may give two approvals of one execution
 * @param approvalAbove postings and payments that need an approval on every path that leads to them
 * @param forbiddenActions names, or patterns such as {@code erp.ledger.*}
 * @param webhookHosts hosts that a webhook may call
 * @param autoApproveAmounts whether what has an amount may be approved by time
 * @param commentRequired the decisions that need a comment: {@code approve}, {@code reject}
 * @param secondPersonForDefinitions whether somebody else must enable what one person wrote
 * @param changeTolerance percent, 0 to 100: by how much the amount of a document may change without a new approval
 */
public record Policies(
        boolean selfApproval,
        boolean samePersonTwice,
        List<ApprovalAbove> approvalAbove,
        List<String> forbiddenActions,
        List<String> webhookHosts,
        boolean autoApproveAmounts,
        Set<String> commentRequired,
        boolean secondPersonForDefinitions,
        BigDecimal changeTolerance) {
    /** Those of a tenant that has set none. */
    public static final Policies DEFAULT = new Policies(
            false, false, List.of(), List.of(), List.of(), false, Set.of("reject"), false, BigDecimal.ZERO);

    public Policies {
        approvalAbove = List.copyOf(approvalAbove);
        forbiddenActions = List.copyOf(forbiddenActions);
        webhookHosts = List.copyOf(webhookHosts);
        commentRequired = Set.copyOf(commentRequired);
    }

    /**
     * Reads policies: {@code {self_approval: forbid, distinct_approvers: forbid_same_person_twice, approval_above:
     * [{actions: [erp.ledger.*], amount: "100000", currency: base, levels: 1}], forbidden_actions: [], webhook_hosts:
     * [], auto_approve_amounts: forbid, comment_required: [reject], second_person_for_definitions: off,
     * change_tolerance: "0"}}. What is left out is as in {@link #DEFAULT}. Never throws.
     */
    public static Read of(JsonNode json) {
        return PoliciesText.read(json);
    }

    /** As {@link #of} reads it, every key written. */
    public ObjectNode toJson() {
        return PoliciesText.write(this);
    }

    public boolean forbids(String action) {
        return matches(forbiddenActions, action);
    }

    /** A name, or a pattern that ends with a star. */
    private static boolean matches(List<String> patterns, String action) {
        return patterns.stream()
                .anyMatch(pattern -> pattern.endsWith(".*")
                        ? action.startsWith(pattern.substring(0, pattern.length() - 1))
                        : pattern.equals(action));
    }

    /** What reading gave. */
    public sealed interface Read {
        record Good(Policies policies) implements Read {}

        /** At least one misfit. */
        record Bad(List<Fitted.Misfit> misfits) implements Read {
            public Bad {
                misfits = List.copyOf(misfits);
            }
        }
    }

    /**
     * @param actions names, or patterns such as {@code erp.ledger.*}
     * @param amount above it, in the tenant's currency
     * @param levels approvals that must lie upstream, from 1
     */
    public record ApprovalAbove(List<String> actions, BigDecimal amount, int levels) {
        public ApprovalAbove {
            actions = List.copyOf(actions);
        }

        public boolean covers(String action) {
            return matches(actions, action);
        }
    }
}
