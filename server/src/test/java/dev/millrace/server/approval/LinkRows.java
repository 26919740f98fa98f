package dev.millrace.server.approval;

import dev.millrace.server.TestServer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** Links as mails carry them. A mail's own goes to a mailbox, which tests have none of. */
final class LinkRows {
    private LinkRows() {}

    /** @return what stands in the mail */
    static String make(UUID tenant, UUID request, UUID member) {
        String token = UUID.nameUUIDFromBytes((request + "/" + member).getBytes(StandardCharsets.UTF_8))
                .toString();
        var address = TestServer.database();
        Jdbi.create(address.jdbcUrl(), address.user(), address.password()).useTransaction(h -> {
            h.execute("set local millrace.tenant = '" + tenant + "'");
            h.createUpdate("""
                            insert into decision_links (tenant_id, hash, request_id, member_id)
                            values (:tenant, sha256(convert_to(:token, 'UTF8')), :request, :member)""")
                    .bind("tenant", tenant)
                    .bind("token", token)
                    .bind("request", request)
                    .bind("member", member)
                    .execute();
        });
        return token;
    }
}
