package dev.millrace.trials.bench.engine;

import dev.millrace.engine.Member;
import dev.millrace.engine.MemberDirectory;
import dev.millrace.engine.TenantInfo;
import dev.millrace.engine.Tx;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Companies that are all alike, with a requester and an approver. */
record Company(Member requester, Member approver) implements MemberDirectory {
    Company() {
        this(member("requester", Set.of()), member("approver", Set.of("Approver")));
    }

    private static Member member(String name, Set<String> roles) {
        return new Member(UUID.randomUUID(), name, name + "@bench.example", true, roles);
    }

    @Override
    public TenantInfo tenant(Tx tx) {
        return new TenantInfo(tx.tenant(), "bench", "Bench Ltd", "INR", "IN", ZoneId.of("Asia/Kolkata"), "none");
    }

    @Override
    public Set<String> modules(Tx tx) {
        return Set.of("core", "erp", "bench");
    }

    @Override
    public List<Member> members(Tx tx) {
        return List.of(requester, approver);
    }
}
