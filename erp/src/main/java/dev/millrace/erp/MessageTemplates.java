package dev.millrace.erp;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Tx;
import dev.millrace.erp.MessageTemplate.Text;
import dev.millrace.erp.core.CompanyRows;
import dev.millrace.erp.message.MessageTemplateRows;
import dev.millrace.erp.message.Wording;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** A company's named texts of messages, and changing them. Every method joins the caller's transaction. */
public final class MessageTemplates {
    /** Lower case, a letter first, at most 100 characters. */
    public static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,99}");

    private final Trail trail;
    private final Supplier<UUID> ids;
    private final CompanyRows companies = new CompanyRows();
    private final MessageTemplateRows rows = new MessageTemplateRows();

    MessageTemplates(Trail trail, Supplier<UUID> ids) {
        this.trail = trail;
        this.ids = ids;
    }

    /** What came of setting one. */
    public sealed interface Put {
        /**
         * @param isNew there was none of that name
         */
        record Done(MessageTemplate template, boolean isNew) implements Put {}

        record Wrong(List<InputProblem> problems) implements Put {
            public Wrong {
                problems = List.copyOf(problems);
            }
        }
    }

    /** By name. */
    public List<MessageTemplate> list(Tx tx) {
        return rows.list(tx);
    }

    public Optional<MessageTemplate> find(Tx tx, String name) {
        return rows.find(tx, name);
    }

    /** As {@link #find}; nobody else changes the company's settings until the transaction ends. */
    public Optional<MessageTemplate> hold(Tx tx, String name) {
        companies.hold(tx);
        return rows.find(tx, name);
    }

    /** What is set is set as a whole; nothing is written where nothing changes. */
    public Put put(Tx tx, String name, Text text, Actor actor) {
        Optional<MessageTemplate> before = hold(tx, name);
        List<InputProblem> problems = Wording.problems(text);
        if (!problems.isEmpty()) {
            return new Put.Wrong(problems);
        }
        if (before.filter(known -> known.text().equals(text)).isPresent()) {
            return new Put.Done(before.get(), false);
        }
        rows.put(tx, ids.get(), name, text, actor.name());
        MessageTemplate after = rows.find(tx, name).orElseThrow();
        journal(tx, actor, before.isEmpty() ? "message_template.created" : "message_template.changed", after);
        return new Put.Done(after, before.isEmpty());
    }

    /**
     * Steps that name it fail from now on.
     *
     * @return false: there is none of that name
     */
    public boolean delete(Tx tx, String name, Actor actor) {
        Optional<MessageTemplate> known = hold(tx, name);
        known.ifPresent(template -> {
            rows.delete(tx, name);
            journal(tx, actor, "message_template.deleted", template);
        });
        return known.isPresent();
    }

    private void journal(Tx tx, Actor actor, String type, MessageTemplate template) {
        trail.write(
                tx,
                actor,
                type,
                "message_template",
                template.id(),
                Optional.empty(),
                Optional.empty(),
                template.name());
    }
}
