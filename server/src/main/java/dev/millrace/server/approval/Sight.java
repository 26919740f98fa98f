package dev.millrace.server.approval;

import dev.millrace.engine.Approvals;
import dev.millrace.engine.Tx;
import dev.millrace.engine.approval.Request;
import dev.millrace.server.problem.Refusal;
import dev.millrace.server.request.Filters;
import dev.millrace.server.security.Caller;
import java.util.List;

/** Who sees which request: whoever reads everything of the company does, others what they have to do with. */
final class Sight {
    private Sight() {}

    /** Reads every module of the company. */
    static boolean oversees(Caller caller) {
        List<String> modules = caller.modules().stream()
                .filter(module -> !module.equals("core"))
                .toList();
        boolean everywhere =
                !modules.isEmpty() && modules.stream().allMatch(module -> caller.may("erp:read:" + module));
        return everywhere || caller.may("admin") || caller.may("audit:read");
    }

    /**
     * @throws Refusal there is none, or it is not for this caller's eyes
     */
    static Request find(Tx tx, Approvals approvals, Caller caller, String id) {
        return approvals
                .find(tx, Filters.id(id))
                .filter(request -> oversees(caller) || approvals.concerns(tx, caller.member(), request.id()))
                .orElseThrow(Refusal::notFound);
    }
}
