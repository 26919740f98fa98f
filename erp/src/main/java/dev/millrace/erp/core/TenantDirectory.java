package dev.millrace.erp.core;

import dev.millrace.engine.Directory;
import dev.millrace.engine.Member;
import dev.millrace.engine.TenantInfo;
import dev.millrace.engine.Tx;
import dev.millrace.erp.core.MemberRows.Contact;
import dev.millrace.language.BusinessCalendar;
import dev.millrace.language.Policies;
import java.time.ZoneId;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** Tells the engine about the company and its people. */
public final class TenantDirectory implements Directory {
    private static final String GST = "IN_GST";

    private final CompanyRows companies = new CompanyRows();
    private final MemberRows members = new MemberRows();
    private final PolicyRows policies = new PolicyRows();
    private final CalendarRows calendars = new CalendarRows();
    private final DelegationRows delegations = new DelegationRows();
    private final TaskRows tasks = new TaskRows();
    private final NotificationRows notifications = new NotificationRows();
    private final Supplier<UUID> ids;
    private final Map<String, Document> documents;

    /**
     * @param documents by entity type
     */
    public TenantDirectory(Supplier<UUID> ids, Map<String, Document> documents) {
        this.ids = ids;
        this.documents = Map.copyOf(documents);
    }

    @Override
    public TenantInfo tenant(Tx tx) {
        return companies.get(tx).info();
    }

    @Override
    public Set<String> modules(Tx tx) {
        return companies.modules(tx);
    }

    /** What begins with gst is of the Indian goods and services tax. */
    @Override
    public boolean isFor(TenantInfo tenant, String name) {
        return tenant.taxRegime().equals(GST) || !(name.startsWith("erp.gst.") || name.matches("gst[._].*"));
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
        List<Contact> contacts = members.contacts(tx, told);
        contacts.forEach(contact ->
                notifications.insert(tx, ids.get(), draft(contact, message, "in_app", "sent", Optional.empty())));
        List<Contact> mailed = contacts.stream().filter(Contact::prefersEmail).toList();
        if (!mailed.isEmpty()) {
            mail(tx, mailed, message);
        }
    }

    private void mail(Tx tx, List<Contact> contacts, Message message) {
        ZoneId zone = companies.get(tx).info().timeZone();
        Map<UUID, Integer> today = notifications.mailed(
                tx, contacts.stream().map(Contact::member).toList(), MailTimes.dayBegan(tx.now(), zone));
        for (Contact contact : contacts) {
            notifications.insert(
                    tx,
                    ids.get(),
                    draft(contact, message, "email", "queued", Optional.of(contact.email())),
                    MailTimes.of(
                            today.getOrDefault(contact.member(), 0),
                            tx.now(),
                            zone,
                            message.decidable().map(Decidable::expiresAt)),
                    message.decidable());
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
    public Policies policies(Tx tx) {
        return policies.get(tx).value();
    }

    @Override
    public BusinessCalendar calendar(Tx tx) {
        return calendars.get(tx).value().at(companies.get(tx).info().timeZone());
    }

    @Override
    public List<Delegation> standsInFor(Tx tx, UUID member) {
        return inForce(delegations.inForceTo(tx, member));
    }

    @Override
    public List<Delegation> deputiesOf(Tx tx, UUID member) {
        return inForce(delegations.inForceFrom(tx, member));
    }

    /**
     * Nobody gives away what is not theirs any more: a delegation of lost roles is over, and so is that of, or to, a
     * member who is not active.
     */
    private static List<Delegation> inForce(List<dev.millrace.erp.Delegation> found) {
        return found.stream()
                .filter(d -> d.from().active() && d.to().active())
                .filter(d -> d.roles().isEmpty()
                        || !Collections.disjoint(d.roles(), d.from().roles()))
                .map(d -> new Delegation(d.id(), d.from(), d.to(), held(d), d.starts(), d.ends()))
                .toList();
    }

    private static Set<String> held(dev.millrace.erp.Delegation delegation) {
        var held = new HashSet<>(delegation.roles());
        held.retainAll(delegation.from().roles());
        return held;
    }

    @Override
    public Optional<EntityCard> card(Tx tx, String entityType, UUID entityId) {
        return Optional.ofNullable(documents.get(entityType)).flatMap(document -> document.card(tx, entityId));
    }

    /** The one who was asked for by the request does it, else who raised the document. */
    @Override
    public void sentBack(Tx tx, String entityType, UUID entityId, Optional<Member> requester, String comment) {
        Optional.ofNullable(documents.get(entityType))
                .flatMap(document -> document.sentBack(tx, entityId, comment))
                .ifPresent(change -> {
                    UUID member = requester.map(Member::id).orElse(change.requester());
                    String title = change.label() + " was sent back: change it and submit it again";
                    tasks.insertForMember(tx, ids.get(), member, title, comment, entityType, entityId);
                    tell(
                            tx,
                            List.copyOf(members.byIds(tx, List.of(member)).values()),
                            new Message(title, comment, change.link()));
                });
    }
}
