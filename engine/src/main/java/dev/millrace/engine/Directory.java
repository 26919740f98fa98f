package dev.millrace.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

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
     */
    record Message(String subject, String body, String link) {}

    /** A description of a document for an approval's card, if the entity is known. */
    Optional<EntityCard> card(Tx tx, String entityType, UUID entityId);

    /**
     * @param label for people, {@code PO/2026-27/00042 Godavari Logistics}
     */
    record EntityCard(String label) {}
}
