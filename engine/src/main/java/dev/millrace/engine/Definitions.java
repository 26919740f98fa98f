package dev.millrace.engine;

import dev.millrace.engine.definition.CompiledDefinitions;
import dev.millrace.engine.definition.DefinitionRows;
import dev.millrace.engine.definition.DefinitionRows.Which;
import dev.millrace.engine.journal.Entry;
import dev.millrace.engine.trigger.Registration;
import dev.millrace.language.Checked;
import dev.millrace.language.Checker;
import dev.millrace.language.Definition;
import dev.millrace.language.Trigger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The definitions of a tenant and their versions. A text is saved only if it has no errors. What is live goes on while
 * a draft stands beside it; enabling the draft replaces it in one transaction. Every method joins the caller's.
 */
public final class Definitions {
    private final DefinitionRows rows;
    private final CompiledDefinitions compiled;
    private final Catalogues catalogues;
    private final Registration registration;
    private final Journal journal;
    private final SecondPerson secondPerson;
    private final Supplier<UUID> ids;

    Definitions(
            DefinitionRows rows,
            CompiledDefinitions compiled,
            Catalogues catalogues,
            Registration registration,
            Journal journal,
            Supplier<UUID> ids) {
        this.rows = rows;
        this.compiled = compiled;
        this.catalogues = catalogues;
        this.registration = registration;
        this.journal = journal;
        this.secondPerson = new SecondPerson(catalogues, journal);
        this.ids = ids;
    }

    /** Finds all problems of a text, for this tenant. */
    public Checked check(Tx tx, String yaml) {
        return Checker.check(yaml, catalogues.of(tx));
    }

    /** When the schedules of enabled definitions fire next, by definition. */
    public Map<UUID, Instant> nextFires(Tx tx) {
        return registration.nextFires(tx);
    }

    public Optional<StoredDefinition> find(Tx tx, UUID id) {
        return rows.find(tx, id);
    }

    /** The parsed form of a stored version. */
    public Definition compiled(StoredDefinition stored) {
        return compiled.of(stored);
    }

    /** Every version of a name, newest first. */
    public List<StoredDefinition> versions(Tx tx, String name) {
        return rows.versions(tx, name);
    }

    /** By name, behind {@code after} if given. */
    public List<StoredDefinition> list(Tx tx, Which which, Optional<StoredDefinition> after, int limit) {
        return rows.list(tx, which, after, limit);
    }

    /**
     * A new definition, or the next version of its name. Where the company asks for a second person, whoever writes a
     * version can save it switched off only.
     *
     * @param enabled empty: as the text says, else as the version that it replaces was
     */
    public Saved save(Tx tx, String yaml, Optional<Boolean> enabled, String provenance, Actor by) {
        return switch (check(tx, yaml)) {
            case Checked.Invalid invalid -> new Saved.Invalid(invalid.problems());
            case Checked.Valid valid -> saveChecked(tx, yaml, valid, enabled, provenance, by);
        };
    }

    /**
     * The next version of the definition with this id.
     *
     * @param unless when it holds for the version that is there, nothing is saved
     */
    public Saved replace(
            Tx tx, UUID id, String yaml, Optional<Boolean> enabled, Predicate<StoredDefinition> unless, Actor by) {
        Optional<StoredDefinition> found = rows.find(tx, id);
        if (found.isEmpty()) {
            return new Saved.NotFound();
        }
        String name = found.get().name();
        rows.lockName(tx, name);
        StoredDefinition target = rows.find(tx, id).orElseThrow();
        if (unless.test(target)) {
            return new Saved.Stale(target);
        }
        Optional<Saved> refused = notCurrent(tx, target);
        if (refused.isPresent()) {
            return refused.get();
        }
        return switch (check(tx, yaml)) {
            case Checked.Invalid invalid -> new Saved.Invalid(invalid.problems());
            case Checked.Valid valid ->
                valid.definition().name().equals(name)
                        ? saveChecked(tx, yaml, valid, enabled, "person", by)
                        : new Saved.NameChanged(name, valid.definition().name());
        };
    }

    /**
     * Switches a definition on or off; empty flips. Switching on checks it again, and is refused to who wrote the version
     * where the company asks for a second person.
     *
     * @param unless when it holds for the version that is there, nothing is switched
     */
    public Saved toggle(Tx tx, UUID id, Optional<Boolean> enabled, Predicate<StoredDefinition> unless, Actor by) {
        Optional<StoredDefinition> found = rows.find(tx, id);
        if (found.isEmpty()) {
            return new Saved.NotFound();
        }
        rows.lockName(tx, found.get().name());
        StoredDefinition target = rows.find(tx, id).orElseThrow();
        if (unless.test(target)) {
            return new Saved.Stale(target);
        }
        Optional<Saved> refused = notCurrent(tx, target);
        if (refused.isPresent()) {
            return refused.get();
        }
        boolean on = enabled.orElse(!target.enabled());
        if (on == target.enabled()) {
            return new Saved.Unchanged(target);
        }
        return on ? enable(tx, target, by) : disable(tx, target, by);
    }

    /**
     * Deletes all versions of a definition's name, softly: nothing starts any more, what runs goes on, and the name may
     * be used again.
     *
     * @param unless when it holds for the version that is there, nothing is deleted
     */
    public Saved delete(Tx tx, UUID id, Predicate<StoredDefinition> unless, Actor by) {
        Optional<StoredDefinition> found = rows.find(tx, id);
        if (found.isEmpty()) {
            return new Saved.NotFound();
        }
        rows.lockName(tx, found.get().name());
        StoredDefinition target = rows.find(tx, id).orElseThrow();
        if (unless.test(target)) {
            return new Saved.Stale(target);
        }
        Optional<Saved> refused = notCurrent(tx, target);
        if (refused.isPresent()) {
            return refused.get();
        }
        for (StoredDefinition version : rows.versions(tx, target.name())) {
            if (!version.status().equals("deleted")) {
                rows.setState(tx, version.id(), "deleted", false, by.name());
                registration.remove(tx, version.id());
            }
        }
        journal(tx, "workflow.deleted", target, by, target.status(), "deleted");
        return new Saved.Done(target.withState("deleted", false), List.of());
    }

    private Saved enable(Tx tx, StoredDefinition target, Actor by) {
        if (secondPerson.isNeeded(tx, target, by)) {
            return secondPerson.refuse(tx, target, by);
        }
        return switch (check(tx, target.yaml())) {
            case Checked.Invalid invalid -> new Saved.Invalid(invalid.problems());
            case Checked.Valid valid -> {
                retire(tx, target.name(), target.id(), by);
                rows.setState(tx, target.id(), "active", true, by.name());
                registration.add(tx, target, valid.definition().trigger());
                journal(tx, "workflow.enabled", target, by, "disabled", "enabled");
                yield new Saved.Done(target.withState("active", true), valid.problems());
            }
        };
    }

    private Saved disable(Tx tx, StoredDefinition target, Actor by) {
        rows.setState(tx, target.id(), target.status(), false, by.name());
        registration.remove(tx, target.id());
        journal(tx, "workflow.disabled", target, by, "enabled", "disabled");
        return new Saved.Done(target.withState(target.status(), false), List.of());
    }

    private Saved saveChecked(
            Tx tx, String yaml, Checked.Valid valid, Optional<Boolean> enabled, String provenance, Actor by) {
        Definition definition = valid.definition();
        rows.lockName(tx, definition.name());
        List<StoredDefinition> versions = rows.versions(tx, definition.name());
        Optional<StoredDefinition> newest =
                versions.stream().findFirst().filter(d -> !d.status().equals("deleted"));
        if (newest.filter(d -> d.yaml().equals(yaml)).isPresent()) {
            return new Saved.Unchanged(newest.get());
        }
        Optional<StoredDefinition> live =
                versions.stream().filter(StoredDefinition::isLive).findFirst();
        boolean on = enabled.or(definition::enabled)
                .orElse(live.map(StoredDefinition::enabled).orElse(false));
        var stored = new StoredDefinition(
                ids.get(),
                definition.name(),
                versions.stream().findFirst().map(StoredDefinition::version).orElse(0) + 1,
                definition.description(),
                yaml,
                on ? "active" : "draft",
                on,
                type(definition.trigger()),
                summary(definition.trigger()),
                provenance,
                SecondPerson.person(by),
                by.name(),
                tx.now(),
                tx.now());
        if (on && secondPerson.isNeeded(tx, stored, by)) {
            return secondPerson.refuse(tx, newest.orElse(stored), by);
        }
        replaceWith(tx, versions, stored, definition.runs(), by);
        if (on) {
            registration.add(tx, stored, definition.trigger());
        }
        journal(tx, "workflow.saved", stored, by, "", stored.status());
        return new Saved.Done(stored, valid.problems());
    }

    /** A draft takes the place of the draft before it; an enabled version that of everything before it. */
    private void replaceWith(
            Tx tx, List<StoredDefinition> versions, StoredDefinition stored, Set<String> runs, Actor by) {
        if (stored.enabled()) {
            retire(tx, stored.name(), stored.id(), by);
        } else {
            versions.stream()
                    .filter(StoredDefinition::isDraft)
                    .forEach(d -> rows.setState(tx, d.id(), "deprecated", false, by.name()));
        }
        rows.insert(tx, stored, runs);
    }

    private void retire(Tx tx, String name, UUID butNot, Actor by) {
        rows.versions(tx, name).stream()
                .filter(d -> (d.isLive() || d.isDraft()) && !d.id().equals(butNot))
                .forEach(d -> {
                    rows.setState(tx, d.id(), "deprecated", false, by.name());
                    registration.remove(tx, d.id());
                });
    }

    private Optional<Saved> notCurrent(Tx tx, StoredDefinition target) {
        if (target.isLive() || target.isDraft()) {
            return Optional.empty();
        }
        Optional<StoredDefinition> current = rows.versions(tx, target.name()).stream()
                .filter(d -> d.isLive() || d.isDraft())
                .findFirst();
        return Optional.of(current.<Saved>map(d -> new Saved.NotCurrent(d.id())).orElse(new Saved.NotFound()));
    }

    private static String type(Trigger trigger) {
        return switch (trigger) {
            case Trigger.OnEvent event -> "event";
            case Trigger.OnSchedule schedule -> "schedule";
            case Trigger.Manual manual -> "manual";
        };
    }

    private static String summary(Trigger trigger) {
        return switch (trigger) {
            case Trigger.OnEvent event ->
                String.join(", ", event.events())
                        + event.condition().map(c -> " when " + c.source()).orElse("");
            case Trigger.OnSchedule at -> at.schedule().source();
            case Trigger.Manual manual -> "started by hand";
        };
    }

    private void journal(Tx tx, String type, StoredDefinition d, Actor by, String before, String after) {
        journal.write(
                tx,
                new Entry(
                        type,
                        by,
                        "definition",
                        d.id().toString(),
                        Optional.empty(),
                        Optional.of(before).filter(s -> !s.isEmpty()),
                        Optional.of(after),
                        Optional.of(d.name() + " v" + d.version())));
    }
}
