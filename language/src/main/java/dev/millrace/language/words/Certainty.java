package dev.millrace.language.words;

import dev.millrace.language.ActionType;
import dev.millrace.language.Catalogue;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** How often the effect of an action can happen when a server dies at the wrong moment. */
public enum Certainty {
    EXACTLY_ONCE,
    AT_LEAST_ONCE,
    /** It only waits, reads or calculates. */
    NO_EFFECT,
    /** The catalogue does not have the action. */
    UNKNOWN;

    private static final Set<String> EFFECTLESS = Set.of(
            "core.wait",
            "core.wait_for_event",
            "core.set",
            "core.decide",
            "core.assert",
            "erp.query.list",
            "erp.query.get",
            "erp.gst.return_summary");

    static Certainty of(String action, JsonNode config, Catalogue catalogue) {
        return Optional.ofNullable(catalogue.actions().get(action))
                .map(type -> ofKind(type, config))
                .orElse(UNKNOWN);
    }

    private static Certainty ofKind(ActionType type, JsonNode config) {
        if (EFFECTLESS.contains(type.name())) {
            return NO_EFFECT;
        }
        return switch (type.kind()) {
            case LOCAL, WAITING -> EXACTLY_ONCE;
            // a message inside the product is a row of the step's own transaction
            case EXTERNAL -> config.path("channel").asString("").equals("in_app") ? EXACTLY_ONCE : AT_LEAST_ONCE;
        };
    }
}
