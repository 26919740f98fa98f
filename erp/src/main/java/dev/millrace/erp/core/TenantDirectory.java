package dev.millrace.erp.core;

import dev.millrace.engine.Directory;
import dev.millrace.engine.Member;
import dev.millrace.engine.TenantInfo;
import dev.millrace.engine.Tx;
import dev.millrace.erp.core.MemberRows.Contact;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** Tells the engine about the company and its people. */
public final class TenantDirectory implements Directory {
    private final CompanyRows companies = new CompanyRows();
    private final MemberRows members = new MemberRows();
    private final NotificationRows notifications = new NotificationRows();
    private final Supplier<UUID> ids;
    private final Map<String, Card> cards;

    /**
     * @param cards by entity type: the modules' own descriptions of their documents
     */
    public TenantDirectory(Supplier<UUID> ids, Map<String, Card> cards) {
        this.ids = ids;
        this.cards = Map.copyOf(cards);
    }

    /** Describes a document in one line, if there is one with this id. */
    public interface Card {
        Optional<String> label(Tx tx, UUID entityId);
    }

    @Override
    public TenantInfo tenant(Tx tx) {
        return companies.get(tx).info();
    }

    @Override
    public Set<String> modules(Tx tx) {
        return companies.modules(tx);
    }

    @Override
    public Map<String, Integer> roles(Tx tx) {
        return members.roleSizes(tx);
    }

    @Override
    public Set<String> memberNames(Tx tx) {
        var names = new HashSet<String>();
        members.all(tx).stream().filter(Member::active).forEach(member -> {
            names.add(member.id().toString());
            names.add(member.email());
        });
        return names;
    }

    @Override
    public List<Member> holders(Tx tx, String role) {
        return members.holders(tx, role);
    }

    @Override
    public Optional<Member> member(Tx tx, String idOrEmail) {
        if (idOrEmail.indexOf('@') >= 0) {
            return members.byEmail(tx, idOrEmail).map(MemberRows.Login::member);
        }
        return uuid(idOrEmail)
                .flatMap(
                        id -> Optional.ofNullable(members.byIds(tx, List.of(id)).get(id)));
    }

    private static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text.strip()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public void tell(Tx tx, List<Member> people, Message message) {
        List<UUID> told = people.stream().map(Member::id).distinct().toList();
        for (Contact contact : members.contacts(tx, told)) {
            notifications.insert(tx, ids.get(), draft(contact, message, "in_app", "sent", Optional.empty()));
            if (contact.prefersEmail()) {
                notifications.insert(
                        tx, ids.get(), draft(contact, message, "email", "queued", Optional.of(contact.email())));
            }
        }
    }

    private static NotificationRows.Draft draft(
            Contact contact, Message message, String channel, String status, Optional<String> address) {
        return new NotificationRows.Draft(
                channel,
                Optional.of(contact.member()),
                address,
                Optional.of(message.subject()),
                Optional.of(message.body()),
                Optional.empty(),
                Optional.empty(),
                Optional.of(message.link()).filter(link -> !link.isEmpty()),
                status,
                Optional.empty(),
                Optional.empty());
    }

    @Override
    public Optional<EntityCard> card(Tx tx, String entityType, UUID entityId) {
        return Optional.ofNullable(cards.get(entityType))
                .flatMap(card -> card.label(tx, entityId))
                .map(EntityCard::of);
    }
}
