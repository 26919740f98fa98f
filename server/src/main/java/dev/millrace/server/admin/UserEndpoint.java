package dev.millrace.server.admin;

import dev.millrace.engine.Engine;
import dev.millrace.engine.Member;
import dev.millrace.engine.Tx;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.approval.Request;
import dev.millrace.erp.Erp;
import dev.millrace.erp.Members;
import dev.millrace.erp.Membership;
import dev.millrace.erp.Membership.Changed;
import dev.millrace.erp.Trail;
import dev.millrace.server.problem.Refusal;
import dev.millrace.server.request.Body;
import dev.millrace.server.request.Filters;
import dev.millrace.server.request.Listing;
import dev.millrace.server.security.Caller;
import dev.millrace.server.security.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The people of the company and what they hold. A change bites within five seconds, also for those signed in. */
@RestController
@RequestMapping("/api/v1/admin")
public class UserEndpoint {
    /** Requests of one person that an answer lists at most. */
    private static final int LISTED_MOST = 200;

    private final Engine engine;
    private final Members members;
    private final Membership membership;

    public UserEndpoint(Engine engine, Erp erp, Trail trail) {
        this.engine = engine;
        this.members = erp.members();
        this.membership = erp.membership(trail);
    }

    record UserForm(
            @Describe("as it is when absent") Optional<Boolean> active,

            @Describe("all that the member holds afterwards; as they are when absent")
            Optional<List<String>> roles) {}

    record UserBody(UUID id, String name, String email, boolean active, List<String> roles) {
        static UserBody of(Member member) {
            return new UserBody(
                    member.id(),
                    member.name(),
                    member.email(),
                    member.active(),
                    member.roles().stream().sorted().toList());
        }
    }

    /**
     * @param affectedRequests pending ones that the member could decide and cannot any more
     */
    record ChangedBody(UserBody user, List<AffectedBody> affectedRequests) {}

    /**
     * @param nobody true: there is nobody left who may decide it, until somebody is given the role or it is reassigned
     */
    record AffectedBody(
            UUID id,
            String workflowName,
            String stepId,
            Optional<String> requiredRole,
            Optional<String> entityLabel,
            boolean nobody) {
        static AffectedBody of(Request request) {
            return new AffectedBody(
                    request.id(),
                    request.workflowName(),
                    request.stepId(),
                    request.requiredRole(),
                    request.entityLabel(),
                    request.nobody());
        }
    }

    /**
     * @param people active members that hold it
     */
    record RoleBody(String name, int people) {}

    /** By name; also those that are not active any more. */
    @Operation(summary = "Members of the company")
    @Needs("admin")
    @GetMapping("/users")
    Listing<UserBody> users(Caller caller) {
        return engine.run(
                caller.tenant(),
                tx -> new Listing<>(members.list(tx).stream().map(UserBody::of).toList(), Optional.empty()));
    }

    @Operation(summary = "Roles, with who holds each")
    @Needs("admin")
    @GetMapping("/roles")
    Listing<RoleBody> roles(Caller caller) {
        return engine.run(
                caller.tenant(),
                tx -> new Listing<>(
                        members.roles(tx).entrySet().stream()
                                .map(role -> new RoleBody(role.getKey(), role.getValue()))
                                .toList(),
                        Optional.empty()));
    }

    @Operation(summary = "Change whether a member is active and which roles they hold")
    @Needs("admin")
    @PatchMapping("/users/{id}")
    ChangedBody change(Caller caller, @PathVariable String id, @RequestBody Body<UserForm> body) {
        return engine.run(caller.tenant(), tx -> {
            Member known = members.find(tx, Filters.id(id)).orElseThrow(Refusal::notFound);
            UserForm form = body.read();
            List<Request> before = engine.approvals().pendingFor(tx, known, Optional.empty(), LISTED_MOST);
            Optional<Set<String>> roles = form.roles().map(HashSet::new);
            Changed changed = membership.change(tx, known.id(), form.active(), roles, caller.actor());
            return switch (changed) {
                case Changed.Done done -> answer(tx, done, before);
                case Changed.NotFound none -> throw Refusal.notFound();
                case Changed.Own own ->
                    throw Refusal.forbidden(
                            "own_membership",
                            "Nobody changes their own roles or switches themselves off: ask another administrator.");
                case Changed.LastAdmin last ->
                    throw Refusal.conflict(
                            "last_admin",
                            "Nobody active would be an administrator any more: make somebody else one first.");
                case Changed.UnknownRoles unknown ->
                    throw Refusal.invalid(
                            "unknown_role",
                            "roles",
                            "Expected roles of this company at roles but got " + unknown.roles() + ".");
            };
        });
    }

    private ChangedBody answer(Tx tx, Changed.Done done, List<Request> before) {
        if (!done.before().equals(done.member())) {
            engine.approvals().membersChanged(tx);
        }
        Set<UUID> after = new HashSet<>();
        if (done.member().active()) {
            engine.approvals()
                    .pendingFor(tx, done.member(), Optional.empty(), LISTED_MOST)
                    .forEach(request -> after.add(request.id()));
        }
        List<AffectedBody> affected = before.stream()
                .filter(request -> !after.contains(request.id()))
                .flatMap(request -> engine.approvals().find(tx, request.id()).stream())
                .map(AffectedBody::of)
                .toList();
        return new ChangedBody(UserBody.of(done.member()), affected);
    }
}
