package dev.millrace.erp.task;

import dev.millrace.engine.Directory.Message;
import dev.millrace.engine.Member;
import dev.millrace.engine.Tx;
import dev.millrace.engine.action.ActionContext;
import dev.millrace.engine.action.ActionFailure;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.LocalAction;
import dev.millrace.engine.action.Named;
import dev.millrace.erp.core.TaskRows;
import dev.millrace.erp.core.TenantDirectory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Gives somebody something to do, and tells them. Nothing waits for it. */
@Named(
        value = "erp.task.assign",
        module = "core",
        description = "Creates a to-do for a role or user with a due date (no gate).",
        failures = {"role_has_no_members", "user_unknown"})
public final class AssignTask implements LocalAction<AssignTask.Config, AssignTask.Output> {
    private static final Duration USUAL = Duration.ofDays(3);

    private final TenantDirectory directory;
    private final Supplier<UUID> ids;
    private final TaskRows rows = new TaskRows();

    public AssignTask(TenantDirectory directory, Supplier<UUID> ids) {
        this.directory = directory;
        this.ids = ids;
    }

    public record Config(
            @Describe(value = "Whoever holds it", as = Describe.As.ROLE, oneOf = "receiver")
            Optional<String> role,

            @Describe(value = "User id or e-mail of a member", as = Describe.As.MEMBER, oneOf = "receiver")
            Optional<String> user,

            @Describe(value = "What is to be done", least = 1, most = 200)
            String title,

            @Describe(value = "How, and why", most = 10_000) Optional<String> description,

            @Describe(value = "From now on", byDefault = "\"3d\"")
            Optional<Duration> dueIn,

            @Describe(value = "Of the document that it is about", as = Describe.As.ENTITY)
            Optional<String> entityType,

            @Describe("Of the document that it is about") Optional<UUID> entityId,

            @Describe(value = "What belongs to it", most = 50)
            Optional<List<String>> checklist) {}

    public record Output(
            @Describe("The task") UUID taskId,
            @Describe("When it is to be done") Instant dueAt) {}

    @Override
    public Output run(Tx tx, ActionContext context, Config config) {
        List<Member> receivers = receivers(tx, config);
        UUID id = ids.get();
        Instant dueAt = tx.now().plus(config.dueIn().orElse(USUAL));
        rows.insert(
                tx,
                id,
                new TaskRows.NewTask(
                        config.title(),
                        config.description(),
                        config.role(),
                        config.user().map(user -> receivers.getFirst().id()),
                        Optional.of(dueAt),
                        config.entityType(),
                        config.entityId()),
                config.checklist().orElse(List.of()));
        directory.tell(
                tx,
                receivers,
                new Message("Task: " + config.title(), config.description().orElse(""), "/tasks"));
        return new Output(id, dueAt);
    }

    private List<Member> receivers(Tx tx, Config config) {
        if (config.role().isPresent()) {
            List<Member> holders = directory.holders(tx, config.role().get());
            if (holders.isEmpty()) {
                throw ActionFailure.permanent(
                        "role_has_no_members",
                        "No active member holds the role '" + config.role().get() + "': give it to someone");
            }
            return holders;
        }
        String user = config.user().orElse("");
        return directory
                .member(tx, user)
                .filter(Member::active)
                .map(List::of)
                .orElseThrow(() -> ActionFailure.permanent(
                        "user_unknown",
                        "Expected the id or e-mail of an active member at user but got '" + user + "'"));
    }
}
