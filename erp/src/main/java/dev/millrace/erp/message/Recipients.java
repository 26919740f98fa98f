package dev.millrace.erp.message;

import dev.millrace.engine.Member;
import dev.millrace.engine.Tx;
import dev.millrace.erp.core.MemberRows;
import dev.millrace.erp.core.MemberRows.Contact;
import dev.millrace.erp.core.TenantDirectory;
import dev.millrace.erp.message.SendNotification.Channel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Finds whom a message goes to, each person and address once. */
final class Recipients {
    private static final Pattern EMAIL =
            Pattern.compile("[^@\\s<>,;\"]{1,64}@[^@\\s<>,;\"]{1,190}\\.[^@\\s<>,;\".]{1,63}");
    private static final Pattern PHONE = Pattern.compile("\\+[1-9][0-9]{6,14}");

    private final Tx tx;
    private final Channel channel;
    private final TenantDirectory directory;
    private final LinkedHashSet<Recipient> reached = new LinkedHashSet<>();
    private final List<String> skipped = new ArrayList<>();

    private Recipients(Tx tx, Channel channel, TenantDirectory directory) {
        this.tx = tx;
        this.channel = channel;
        this.directory = directory;
    }

    /**
     * @param skipped who was named and cannot be reached, and why
     */
    record Found(List<Recipient> reached, List<String> skipped) {
        Found {
            reached = List.copyOf(reached);
            skipped = List.copyOf(skipped);
        }
    }

    /**
     * One of them.
     *
     * @param address e-mail or telephone number; none in the app
     */
    record Recipient(Optional<UUID> member, Optional<String> address) {}

    static Found find(Tx tx, Channel channel, List<String> to, Optional<String> toRole, TenantDirectory directory) {
        var recipients = new Recipients(tx, channel, directory);
        toRole.ifPresent(role -> directory.holders(tx, role).forEach(recipients::add));
        to.forEach(recipients::add);
        return new Found(List.copyOf(recipients.reached), recipients.skipped);
    }

    private void add(String name) {
        Optional<Member> member = directory.member(tx, name);
        if (member.isPresent()) {
            add(member.get());
        } else if (isAddress(name.strip())) {
            reached.add(new Recipient(Optional.empty(), Optional.of(name.strip())));
        } else {
            skipped.add("Expected " + expected() + " but got '" + name + "'");
        }
    }

    private void add(Member member) {
        if (!member.active()) {
            skipped.add(member.email() + " is not active any more");
            return;
        }
        if (channel == Channel.IN_APP) {
            reached.add(new Recipient(Optional.of(member.id()), Optional.empty()));
            return;
        }
        Contact contact = new MemberRows().contacts(tx, List.of(member.id())).getFirst();
        Optional<String> address = channel == Channel.EMAIL ? Optional.of(contact.email()) : contact.phone();
        if (address.isPresent()) {
            reached.add(new Recipient(Optional.of(member.id()), address));
        } else {
            skipped.add(member.email() + " has no telephone number");
        }
    }

    private boolean isAddress(String text) {
        return switch (channel) {
            case EMAIL -> EMAIL.matcher(text).matches();
            case WHATSAPP -> PHONE.matcher(text).matches();
            case IN_APP -> false;
        };
    }

    private String expected() {
        return switch (channel) {
            case EMAIL -> "an e-mail address or a member's id";
            case WHATSAPP -> "a number such as +919820012345 or a member's id";
            case IN_APP -> "the id or e-mail of a member of this company";
        };
    }
}
