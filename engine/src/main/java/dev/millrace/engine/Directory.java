package dev.millrace.engine;

import dev.millrace.language.BusinessCalendar;
import dev.millrace.language.Policies;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the engine must know of a tenant and its people. The reference ERP implements it; a library user brings
 * their own. Every method reads in the transaction given.
 */
public interface Directory {
    TenantInfo tenant(Tx tx);

    /** Names of the modules switched on. */
    Set<String> modules(Tx tx);

    /** Every role with its number of active members. */
    Map<String, Integer> roles(Tx tx);

    /** Ids and e-mails (lower case) of active members. */
    Set<String> memberNames(Tx tx);

    /** Active members that hold a role; empty for an unknown one. */
    List<Member> holders(Tx tx, String role);

    /** By id or e-mail; also a member that is not active any more. */
    Optional<Member> member(Tx tx, String idOrEmail);

    /** Queues one message to each, in-app and by their preference, in the caller's transaction; sent after commit. */
    void tell(Tx tx, List<Member> people, Message message);

    /**
     * @param link a path in the web app, {@code /workflows/approvals/…}
     * @param decidable what whoever is told may decide, so that an e-mail can carry a link for it
     */
    record Message(String subject, String body, String link, Optional<Decidable> decidable) {
        /** About nothing that is to be decided. */
        public Message(String subject, String body, String link) {
            this(subject, body, link, Optional.empty());
        }
    }

    /** A request for approval that is pending, and until when it is. */
    record Decidable(UUID request, Instant expiresAt) {}

    /** A description of a document for an approval's card, if the entity is known. */
    Optional<EntityCard> card(Tx tx, String entityType, UUID entityId);

    /**
     * What an approver sees of a document, and what an approval of it is an approval of.
     *
     * @param label for people, {@code PO/2026-27/00042 Godavari Logistics}
     * @param document {@code {entity_type, number, party, lines, total, currency, amount_base, facts: [{label, value}]}};
     *     empty where nothing is known
     * @param material the fields whose change voids an approval, as the entity declares them, in one fixed form
     */
    record EntityCard(String label, ObjectNode document, ObjectNode material) {
        /** A document of which nothing but its name is known. */
        public static EntityCard of(String label) {
            return new EntityCard(label, Json.object(), Json.object());
        }
    }

    /**
     * Whether the law of the tenant's country knows what has this name: an action, an event or an entity. Modules are
     * asked apart.
     */
    default boolean isFor(TenantInfo tenant, String name) {
        return true;
    }

    /** The tenant's guard rails. */
    default Policies policies(Tx tx) {
        return Policies.DEFAULT;
    }

    /** When the tenant works. */
    default BusinessCalendar calendar(Tx tx) {
        return BusinessCalendar.usual(tenant(tx).timeZone());
    }

    /** For whom {@code member} may decide at this moment; one link, never a chain. */
    default List<Delegation> standsInFor(Tx tx, UUID member) {
        return List.of();
    }

    /** Who may decide at this moment for {@code member}. */
    default List<Delegation> deputiesOf(Tx tx, UUID member) {
        return List.of();
    }

    /**
     * Somebody decides for somebody else for a while.
     *
     * @param roles for requests to these roles only; empty for all, and for requests to the person
     */
    record Delegation(UUID id, Member from, Member to, Set<String> roles, Instant starts, Instant ends) {
        public Delegation {
            roles = Set.copyOf(roles);
        }
    }

    /**
     * An approver sent a document back: it becomes editable again and its requester gets a task, in the caller's
     * transaction.
     */
    default void sentBack(Tx tx, String entityType, UUID entityId, Optional<Member> requester, String comment) {}
}
