package dev.millrace.erp.core;

import dev.millrace.engine.Directory;
import dev.millrace.engine.Directory.Message;
import dev.millrace.engine.Member;
import dev.millrace.engine.Tx;
import dev.millrace.engine.action.ActionContext;
import dev.millrace.engine.action.ActionFailure;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.LocalAction;
import dev.millrace.engine.action.Named;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Creates a to-do for a role or a member with a due date. Nothing waits for it. */
@Named(
        value = "erp.task.assign",
        module = "core",
        description = "Creates a to-do for a role or user with a due date (no gate).",
        failures = {"role_has_no_members", "user_unknown", "out_of_range"})
public final class AssignTask implements LocalAction<AssignTask.Config, AssignTask.Output> {
    private static final Duration USUAL = Duration.ofDays(3);

    private final Directory directory;
    private final Supplier<UUID> ids;
    private final TaskRows rows = new TaskRows();

    public AssignTask(Directory directory, Supplier<UUID> ids) {
        this.directory = directory;
        this.ids = ids;
    }

    public record Config(
            @Describe(value = "Whoever holds it", as = Describe.As.ROLE, oneOf = "assignee")
            Optional<String> role,

            @Describe(value = "A member", as = Describe.As.MEMBER, oneOf = "assignee")
            Optional<String> user,

            @Describe(value = "What is to be done", least = 1, most = 200)
            String title,

            @Describe(value = "More about it", most = 5_000) Optional<String> description,

            @Describe(value = "Until when, from now", byDefault = "\"3d\"")
            Optional<Duration> dueIn,

            @Describe(value = "What it is about", as = Describe.As.ENTITY)
            Optional<String> entityType,

            @Describe("Which one") Optional<UUID> entityId,

            @Describe(value = "Shown below the description", most = 50, orSingle = true)
            Optional<List<String>> checklist) {}

    public record Output(
            @Describe("The task's id") UUID taskId,
            @Describe("When it is due") Instant dueAt) {}

    @Override
    public Output run(Tx tx, ActionContext context, Config config) {
        if (config.entityType().isPresent() != config.entityId().isPresent()) {
            throw ActionFailure.permanent(
                    "out_of_range", "Expected entity_type and entity_id together, but got only one of them");
        }
        config.role().ifPresent(role -> {
            if (directory.holders(tx, role).isEmpty()) {
                throw ActionFailure.permanent(
                        "role_has_no_members",
                        "No active member holds the role '" + role + "': give it to someone, or name another one");
            }
        });
        Optional<UUID> member = config.user()
                .map(user -> directory
                        .member(tx, user)
                        .filter(Member::active)
                        .orElseThrow(() -> ActionFailure.permanent(
                                "user_unknown",
                                "Expected an active member of this company at user but got '" + user + "'"))
                        .id());
        UUID id = ids.get();
        Instant due = tx.now().plus(config.dueIn().orElse(USUAL));
        rows.insert(
                tx,
                id,
                new TaskRows.NewTask(
                        config.title(),
                        config.description(),
                        config.role(),
                        member,
                        Optional.of(due),
                        config.entityType(),
                        config.entityId()),
                config.checklist().orElse(List.of()));
        tell(tx, config);
        return new Output(id, due);
    }

    private void tell(Tx tx, Config config) {
        List<Member> receivers = config.role()
                .map(role -> directory.holders(tx, role))
                .or(() -> config.user()
                        .map(user -> directory.member(tx, user).stream().toList()))
                .orElse(List.of());
        String text = config.description().orElse("");
        directory.tell(tx, receivers, new Message("Task: " + config.title(), text, "/tasks"));
    }
}
