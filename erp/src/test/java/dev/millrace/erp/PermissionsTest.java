package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PermissionsTest {
    private static final String READ_ALL =
            "erp:read:core erp:read:finance erp:read:inventory erp:read:procurement erp:read:sales";
    private static final String OF_ALL = "erp:read:own workflow:read";

    @ParameterizedTest
    @CsvSource({
        "Requester, 'erp:create:procurement erp:read:procurement'",
        "Finance Head, 'approval:decide " + READ_ALL + "'",
        "CFO, 'approval:decide " + READ_ALL + "'",
        "Auditor, 'audit:read " + READ_ALL + "'",
        "Process Owner, 'audit:read workflow:run workflow:write " + READ_ALL + "'",
        "Sales Head, 'approval:decide erp:create:sales erp:read:sales erp:write:sales'",
        "Warehouse Manager, 'approval:decide erp:create:inventory erp:read:inventory erp:write:inventory'",
        "Purchasing, 'approval:decide erp:create:inventory erp:create:procurement erp:read:inventory "
                + "erp:read:procurement erp:write:inventory erp:write:procurement'",
        "Procurement Manager, 'approval:decide erp:create:inventory erp:create:procurement erp:read:inventory "
                + "erp:read:procurement erp:write:inventory erp:write:procurement'",
        "Accounts, 'approval:decide erp:bank:procurement erp:create:finance erp:create:procurement erp:read:finance "
                + "erp:read:procurement erp:write:finance erp:write:procurement'",
        "Admin, 'admin audit:read event:publish workflow:run workflow:write " + READ_ALL
                + " erp:create:core erp:create:finance erp:create:inventory erp:create:procurement erp:create:sales"
                + " erp:write:core erp:write:finance erp:write:inventory erp:write:procurement erp:write:sales'",
        "Own Invention, ''"
    })
    void each_role_may_what_the_table_says(String role, String expected) {
        var all = new TreeSet<>(Set.of(OF_ALL.split(" ")));
        if (!expected.isEmpty()) {
            all.addAll(Set.of(expected.split(" ")));
        }

        assertThat(new TreeSet<>(Permissions.of(Set.of(role)))).isEqualTo(all);
    }

    @Test
    void roles_add_up_and_admin_alone_decides_nothing() {
        assertThat(Permissions.of(Set.of("Admin"))).doesNotContain("approval:decide");
        assertThat(Permissions.of(Set.of("Admin", "CFO"))).contains("approval:decide", "admin");
        assertThat(Permissions.of(Set.of())).containsExactlyInAnyOrder("workflow:read", "erp:read:own");
    }
}
