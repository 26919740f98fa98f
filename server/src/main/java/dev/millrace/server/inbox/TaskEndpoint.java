package dev.millrace.server.inbox;

import dev.millrace.engine.Engine;
import dev.millrace.engine.action.Describe;
import dev.millrace.erp.Erp;
import dev.millrace.erp.Inbox;
import dev.millrace.erp.Task;
import dev.millrace.erp.Tasks;
import dev.millrace.erp.Tasks.Changed;
import dev.millrace.erp.Tasks.To;
import dev.millrace.erp.Trail;
import dev.millrace.server.problem.Refusal;
import dev.millrace.server.request.Body;
import dev.millrace.server.request.Filters;
import dev.millrace.server.request.Listing;
import dev.millrace.server.request.Page;
import dev.millrace.server.security.Caller;
import dev.millrace.server.security.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What members have to do: their own and that of their roles, and for administrators everybody's. */
@RestController
@RequestMapping("/api/v1/tasks")
public class TaskEndpoint {
    private final Engine engine;
    private final Inbox inbox;
    private final Tasks tasks;

    public TaskEndpoint(Engine engine, Erp erp, Trail trail) {
        this.engine = engine;
        this.inbox = erp.inbox();
        this.tasks = erp.tasks(trail);
    }

    record TaskDoneForm(
            @Describe(value = "for the journal", most = 2_000)
            Optional<String> comment) {}

    record ReassignForm(
            @Describe(value = "id or e-mail of a member", oneOf = "receiver")
            Optional<String> toUser,

            @Describe(value = "whoever holds it", oneOf = "receiver")
            Optional<String> toRole,

            @Describe(value = "for who gets it, and the journal", most = 2_000)
            Optional<String> comment) {

        To to() {
            return toRole.<To>map(To.ToRole::new).orElseGet(() -> new To.ToMember(toUser.orElse("")));
        }
    }

    /** Own ones that are open, newest first; {@code mine=false}: everybody's in every state. */
    @Operation(summary = "My open tasks, newest first; for administrators everybody's")
    @Needs("workflow:read")
    @GetMapping
    Listing<Task> list(
            Caller caller, @RequestParam(required = false) @Nullable String mine, @ParameterObject Page page) {
        boolean own = Filters.oneOf("mine", mine, List.of("", "true", "false"))
                .map(text -> !text.equals("false"))
                .orElse(true);
        if (!own) {
            caller.require("admin");
        }
        Optional<UUID> before = page.after(Optional::of);
        return engine.run(
                caller.tenant(),
                tx -> Listing.of(
                        own
                                ? inbox.tasks(tx, caller.member(), before, page.fetch())
                                : inbox.allTasks(tx, before, page.fetch()),
                        page,
                        Task::id,
                        task -> task));
    }

    @Operation(summary = "Mark a task of mine as done")
    @Needs("workflow:read")
    @PostMapping("/{id}/done")
    Task done(Caller caller, @PathVariable String id, @RequestBody Body<TaskDoneForm> body) {
        UUID task = Filters.id(id);
        return engine.run(
                caller.tenant(),
                tx -> answer(tasks.done(
                        tx, task, caller.member(), body.read().comment().orElse(""))));
    }

    /** Whose task it is hands it over; administrators anybody's. Who has it then is told. */
    @Operation(summary = "Hand a task over")
    @Needs("workflow:read")
    @PostMapping("/{id}/reassign")
    Task reassign(Caller caller, @PathVariable String id, @RequestBody Body<ReassignForm> body) {
        UUID task = Filters.id(id);
        return engine.run(caller.tenant(), tx -> {
            boolean anybodys = caller.may("admin");
            if (!tasks.isSeen(tx, task, caller.member(), anybodys)) {
                throw Refusal.notFound();
            }
            ReassignForm form = body.read();
            return answer(tasks.reassign(
                    tx,
                    task,
                    caller.member(),
                    anybodys,
                    form.to(),
                    form.comment().orElse("")));
        });
    }

    private static Task answer(Changed changed) {
        return switch (changed) {
            case Changed.Done done -> done.task();
            case Changed.NotFound none -> throw Refusal.notFound();
            case Changed.NotOpen over ->
                throw Refusal.conflict("not_open", "The task is " + over.task().status() + " already.")
                        .with("task", over.task());
            case Changed.Nobody nobody ->
                throw Refusal.invalid(
                        "user_unknown",
                        "",
                        "Expected an active member, or a role that somebody active holds, but got '" + nobody.whom()
                                + "'.");
        };
    }
}
