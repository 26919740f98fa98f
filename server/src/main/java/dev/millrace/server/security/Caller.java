package dev.millrace.server.security;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Member;
import dev.millrace.server.problem.Refusal;
import java.util.Set;
import java.util.UUID;

/**
 * Who calls: what the database says of the member that the token names.
 *
 * @param modules of the company
 */
public record Caller(UUID tenant, Member member, Set<String> permissions, Set<String> modules) {
    public Caller {
        permissions = Set.copyOf(permissions);
        modules = Set.copyOf(modules);
    }

    public Actor actor() {
        return Actor.user(member);
    }

    public UUID id() {
        return member.id();
    }

    public boolean may(String permission) {
        return permissions.contains(permission) && modules.contains(moduleOf(permission));
    }

    /** {@code erp:read:procurement} is of a module, everything else of the core. */
    private static String moduleOf(String permission) {
        String last = permission.substring(permission.lastIndexOf(':') + 1);
        return permission.startsWith("erp:") && !last.equals("own") ? last : "core";
    }

    /**
     * @throws Refusal 403
     */
    public void require(String permission) {
        if (!may(permission)) {
            throw missing(permission);
        }
    }

    static Refusal missing(String permission) {
        return Refusal.forbidden(
                "forbidden",
                "This needs the permission " + permission + ", which you do not have: ask an administrator.");
    }
}
