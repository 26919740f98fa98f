package dev.millrace.server.workflow;

import dev.millrace.engine.action.ActionRegistry;
import dev.millrace.language.ActionType;
import dev.millrace.language.Definition;
import dev.millrace.server.problem.Refusal;
import dev.millrace.server.security.Caller;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.stereotype.Component;

/**
 * Who switches a definition on, or runs it, answers for what it does: its actions that set a document's state need the
 * right to write in their modules.
 */
@Component
class Consent {
    private final ActionRegistry actions;

    Consent(ActionRegistry actions) {
        this.actions = actions;
    }

    /**
     * @throws Refusal 403
     */
    void require(Caller caller, Definition definition) {
        modules(definition).forEach(module -> {
            if (!caller.may("erp:write:" + module)) {
                throw Refusal.forbidden(
                        "forbidden",
                        "This workflow changes documents of the module " + module
                                + ", for which you lack the permission" + " erp:write:" + module
                                + ": ask an administrator to switch it on.");
            }
        });
    }

    private Set<String> modules(Definition definition) {
        var modules = new TreeSet<String>();
        definition.actions().stream()
                .flatMap(name -> actions.find(name).stream())
                .map(ActionRegistry.Registered::type)
                .filter(ActionType::setsState)
                .forEach(type -> modules.add(type.module()));
        return modules;
    }
}
