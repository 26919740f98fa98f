package dev.millrace.language.check;

import dev.millrace.language.Catalogue;
import dev.millrace.language.ProblemCode;
import dev.millrace.language.yaml.Invisible;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.StringNode;

/** Names that stand in a definition as plain text and must exist at this company. */
final class Names {
    private final Catalogue catalogue;
    private final Findings findings;

    Names(Catalogue catalogue, Findings findings) {
        this.catalogue = catalogue;
        this.findings = findings;
    }

    /** True: it was reported, so that nothing else need be said of the name. */
    static boolean refuseInvisible(Spot spot, Findings findings) {
        var invisible = Invisible.in(spot.text().orElse(""));
        invisible.ifPresent(c -> findings.error(
                ProblemCode.INVISIBLE_CHARACTER,
                spot.path(),
                "Expected plain letters at %s but there is the invisible character U+%04X; type it again."
                        .formatted(spot.shown(), c),
                Optional.empty(),
                findings.fixes().visibleValue(spot.path())));
        return invisible.isPresent();
    }

    void role(String path, String role) {
        Integer members = catalogue.roles().get(role);
        if (members == null) {
            unknown(
                    ProblemCode.UNKNOWN_ROLE,
                    "a role of this company",
                    path,
                    role,
                    catalogue.roles().keySet());
        } else if (members == 0) {
            String place = Findings.shown(path);
            findings.warning(
                    ProblemCode.ROLE_HAS_NO_MEMBERS,
                    path,
                    "Expected a role with members at " + place + " but nobody active has the role '" + role
                            + "'; give it to somebody before this runs.");
        }
    }

    void member(String path, String member) {
        if (!catalogue.members().contains(member.toLowerCase(Locale.ROOT))) {
            unknown(
                    ProblemCode.USER_UNKNOWN,
                    "the id or e-mail of an active member of this company",
                    path,
                    member,
                    catalogue.members());
        }
    }

    void event(String path, String event) {
        if (!catalogue.events().containsKey(event)) {
            unknown(
                    ProblemCode.UNKNOWN_EVENT,
                    "an event of this company's modules",
                    path,
                    event,
                    catalogue.events().keySet());
        }
    }

    void entity(String path, String entity) {
        if (!catalogue.entities().containsKey(entity)) {
            unknown(
                    ProblemCode.UNKNOWN_ENTITY,
                    "an entity of this company's modules",
                    path,
                    entity,
                    catalogue.entities().keySet());
        }
    }

    private void unknown(ProblemCode code, String what, String path, String name, Collection<String> known) {
        if (findings.isFull() || refuseInvisible(new Spot(path, StringNode.valueOf(name)), findings)) {
            return;
        }
        Optional<String> near = Suggestion.nearest(name, known);
        findings.error(code, path, Say.expected(what, Findings.shown(path), name, near), near);
    }
}
