package dev.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.definition.DefinitionRows.Which;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class DefinitionsTest {
    private final EngineFixture fixture = EngineFixture.shared();
    private final TestCompany company = fixture.company();

    private static String line(String note) {
        return """
                workflow:
                  name: line
                  trigger: { event: order.created }
                  steps:
                    - { id: first, action: trial.effect, config: { note: %s } }
                """.formatted(note);
    }

    private Saved save(String yaml, Optional<Boolean> enabled) {
        return company.run(
                tx -> fixture.engine.definitions().save(tx, yaml, enabled, "person", Actor.user(company.meera)));
    }

    private static StoredDefinition done(Saved saved) {
        assertThat(saved).isInstanceOf(Saved.Done.class);
        return ((Saved.Done) saved).definition();
    }

    @Test
    void a_draft_stands_beside_what_is_live_until_it_is_enabled() {
        StoredDefinition first = done(save(line("one"), Optional.of(true)));
        StoredDefinition draft = done(save(line("two"), Optional.of(false)));

        UUID beforeEnabling = company.start("1");
        done(company.run(tx ->
                fixture.engine.definitions().toggle(tx, draft.id(), Optional.of(true), stored -> false, Actor.SYSTEM)));
        UUID afterEnabling = company.start("1");

        assertThat(draft.status()).isEqualTo("draft");
        assertThat(company.view(beforeEnabling).version()).isEqualTo(first.version());
        assertThat(company.view(afterEnabling).version()).isEqualTo(2);
        assertThat(company.run(tx -> fixture.engine
                                .definitions()
                                .find(tx, first.id())
                                .orElseThrow())
                        .status())
                .isEqualTo("deprecated");
    }

    @Test
    void saving_without_a_word_about_it_keeps_what_was_enabled_enabled() {
        done(save(line("one"), Optional.of(true)));

        StoredDefinition second = done(save(line("two"), Optional.empty()));

        assertThat(second.enabled()).isTrue();
        assertThat(company.publish(company.order("1")).started()).isEqualTo(1);
    }

    @Test
    void the_same_text_again_is_nothing_new() {
        StoredDefinition first = done(save(line("one"), Optional.of(true)));

        Saved again = save(line("one"), Optional.empty());

        assertThat(again)
                .isEqualTo(new Saved.Unchanged(company.run(
                        tx -> fixture.engine.definitions().find(tx, first.id()).orElseThrow())));
    }

    @Test
    void a_running_execution_stays_on_the_version_it_started_with() {
        String asking = """
                workflow:
                  name: line
                  trigger: { event: order.created }
                  steps:
                    - { id: ask, action: erp.approval.request, config: { role: Finance Head } }
                    - { id: old, action: trial.effect, depends_on: ask, config: {} }
                """;
        done(save(asking, Optional.of(true)));
        UUID execution = company.start("1");
        var request = company.awaitRequest(execution);

        done(save(asking.replace("old", "new"), Optional.empty()));
        company.approve(request, company.meera);

        company.awaitStatus(execution, "completed");
        assertThat(company.effects(execution, "old")).isEqualTo(1);
        assertThat(company.effects(execution, "new")).isZero();
    }

    @Test
    void what_has_errors_is_not_saved_and_every_error_is_told() {
        Saved saved = save("""
                workflow:
                  name: line
                  trigger: { event: order.exploded }
                  steps:
                    - { id: first, action: trial.efect, config: {} }
                    - { id: ask, action: erp.approval.request, config: { role: Finance Haed }, depends_on: nobody }
                """, Optional.of(true));

        assertThat(saved)
                .isInstanceOfSatisfying(
                        Saved.Invalid.class,
                        invalid -> assertThat(invalid.problems())
                                .extracting(p -> p.code() + " " + p.path())
                                .contains(
                                        "unknown_event trigger.event",
                                        "unknown_action steps[0].action",
                                        "unknown_role steps[1].config.role",
                                        "unknown_dependency steps[1].depends_on"));
        List<StoredDefinition> all =
                company.run(tx -> fixture.engine.definitions().list(tx, Which.ALL, Optional.empty(), 10));
        assertThat(all).isEmpty();
    }

    @Test
    void disabling_bites_at_once() {
        StoredDefinition first = done(save(line("one"), Optional.of(true)));

        company.run(tx ->
                fixture.engine.definitions().toggle(tx, first.id(), Optional.empty(), stored -> false, Actor.SYSTEM));

        assertThat(company.publish(company.order("1")).isUnrouted()).isTrue();
    }

    @Test
    void an_old_version_can_not_be_changed_and_names_the_current_one() {
        StoredDefinition first = done(save(line("one"), Optional.of(true)));
        StoredDefinition second = done(save(line("two"), Optional.empty()));

        Saved saved = company.run(tx -> fixture.engine
                .definitions()
                .replace(tx, first.id(), line("three"), Optional.empty(), d -> false, Actor.SYSTEM));
        Saved renamed = company.run(tx -> fixture.engine
                .definitions()
                .replace(
                        tx,
                        second.id(),
                        line("x").replace("name: line", "name: other"),
                        Optional.empty(),
                        d -> false,
                        Actor.SYSTEM));

        assertThat(saved).isEqualTo(new Saved.NotCurrent(second.id()));
        assertThat(renamed).isEqualTo(new Saved.NameChanged("line", "other"));
    }

    @Test
    void versions_saved_at_once_are_numbered_without_gaps() throws Exception {
        var all = new ArrayList<CompletableFuture<Saved>>();
        try (var together = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 12; i++) {
                String yaml = line("n" + i);
                all.add(CompletableFuture.supplyAsync(() -> save(yaml, Optional.of(true)), together));
            }
        }

        var versions = new ArrayList<Integer>();
        for (var each : all) {
            versions.add(done(each.get()).version());
        }
        assertThat(versions).containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
        List<StoredDefinition> live =
                company.run(tx -> fixture.engine.definitions().list(tx, Which.ENABLED, Optional.empty(), 10));
        assertThat(live).singleElement().matches(d -> d.version() == 12);
        assertThat(company.publish(company.order("1")).started()).isEqualTo(1);
    }

    @Test
    void a_manual_definition_takes_only_a_payload_that_fits_its_inputs() {
        StoredDefinition manual = company.enable("""
                workflow:
                  name: by-hand
                  trigger:
                    manual: true
                    inputs: { type: object, required: [amount], properties: { amount: { type: number } } }
                  steps:
                    - { id: first, action: trial.effect, config: { note: "{{ trigger.amount }} paid" } }
                """);

        Started bad = company.run(
                tx -> fixture.engine.executions().start(tx, manual.id(), Json.object(), Actor.user(company.meera)));
        Started good = company.run(tx -> fixture.engine
                .executions()
                .start(tx, manual.id(), Json.object().put("amount", 5), Actor.user(company.meera)));

        assertThat(bad).isInstanceOf(Started.PayloadInvalid.class);
        UUID execution = ((Started.Done) good).execution();
        company.awaitStatus(execution, "completed");
        assertThat(company.view(execution).startedBy().name()).isEqualTo("Meera");
    }

    private StoredDefinition draftOfMeera(String note) {
        return done(save(line(note), Optional.of(false)));
    }

    private Saved enable(StoredDefinition definition, Actor by) {
        return company.run(
                tx -> fixture.engine.definitions().toggle(tx, definition.id(), Optional.of(true), stored -> false, by));
    }

    private List<String> refusals() {
        return company.run(tx -> tx.handle()
                .createQuery("""
                        select actor_name || ': ' || comment from workflow_journal
                         where tenant_id = :tenant and type = 'workflow.enabling_refused' order by id""")
                .bind("tenant", tx.tenant())
                .mapTo(String.class)
                .list());
    }

    @Test
    void with_the_policy_on_nobody_switches_on_what_he_wrote_himself_but_somebody_else_does() {
        StoredDefinition before = done(save(line("one"), Optional.of(true)));
        fixture.directory.rule(company.tenant, policies -> policies.put("second_person_for_definitions", "on"));
        StoredDefinition draft = draftOfMeera("two");

        Saved own = enable(draft, Actor.user(company.meera));
        Saved again = save(line("two"), Optional.of(true));
        StoredDefinition now = company.run(
                tx -> fixture.engine.definitions().find(tx, draft.id()).orElseThrow());

        assertThat(own).isEqualTo(new Saved.NeedsSecondPerson("line"));
        assertThat(again).isInstanceOf(Saved.Unchanged.class);
        assertThat(now.status()).isEqualTo("draft");
        assertThat(now.savedBy()).contains(company.meera.id());
        assertThat(refusals()).containsExactly("Meera: second_person_required: line, own version");
        assertThat(company.view(company.start("1")).version()).isEqualTo(before.version());

        done(enable(draft, Actor.user(company.arjun)));

        assertThat(company.view(company.start("1")).version()).isEqualTo(draft.version());
    }

    @Test
    void with_the_policy_on_a_new_version_of_what_is_live_does_not_go_live_by_being_saved() {
        StoredDefinition live = done(save(line("one"), Optional.of(true)));
        fixture.directory.rule(company.tenant, policies -> policies.put("second_person_for_definitions", "on"));
        String saysOn = line("three").replace("name: line", "name: line\n  enabled: true");

        Saved kept = save(line("two"), Optional.empty());
        Saved asked = save(line("two"), Optional.of(true));
        Saved written = save(saysOn, Optional.empty());
        Saved replaced = company.run(tx -> fixture.engine
                .definitions()
                .replace(tx, live.id(), line("two"), Optional.empty(), d -> false, Actor.user(company.meera)));
        Saved another = save(line("x").replace("name: line", "name: fresh"), Optional.of(true));

        assertThat(List.of(kept, asked, written, replaced)).containsOnly(new Saved.NeedsSecondPerson("line"));
        assertThat(another).isEqualTo(new Saved.NeedsSecondPerson("fresh"));
        List<StoredDefinition> all =
                company.run(tx -> fixture.engine.definitions().list(tx, Which.ALL, Optional.empty(), 10));
        assertThat(all).extracting(StoredDefinition::id).containsExactly(live.id());
        assertThat(refusals()).hasSize(5);
    }

    @Test
    void with_the_policy_on_who_switched_his_own_version_off_does_not_switch_it_on_again() {
        StoredDefinition live = done(save(line("one"), Optional.of(true)));
        fixture.directory.rule(company.tenant, policies -> policies.put("second_person_for_definitions", "on"));
        done(company.run(tx -> fixture.engine
                .definitions()
                .toggle(tx, live.id(), Optional.of(false), stored -> false, Actor.user(company.meera))));

        assertThat(enable(live, Actor.user(company.meera))).isInstanceOf(Saved.NeedsSecondPerson.class);
        done(enable(live, Actor.user(company.arjun)));
    }

    @Test
    void what_the_system_wrote_is_nobodys_own() {
        fixture.directory.rule(company.tenant, policies -> policies.put("second_person_for_definitions", "on"));
        StoredDefinition template = done(company.run(
                tx -> fixture.engine.definitions().save(tx, line("one"), Optional.of(true), "template", Actor.SYSTEM)));

        assertThat(template.enabled()).isTrue();
        assertThat(template.savedBy()).isEmpty();
    }
}
