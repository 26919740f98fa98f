package dev.millrace.erp;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What each role may do: a fixed table. A role that a company adds itself gives no more than every member has.
 *
 * <p>{@code erp:read:own} is for documents that the member made, requested or is the employee of. Who may create
 * in a module has {@code erp:create:<module>}; who may write has that too.
 */
public final class Permissions {
    public static final String FINANCE_HEAD = "Finance Head";
    public static final String CFO = "CFO";
    public static final String SALES_HEAD = "Sales Head";
    public static final String PROCUREMENT_MANAGER = "Procurement Manager";
    public static final String PURCHASING = "Purchasing";
    public static final String ACCOUNTS = "Accounts";
    public static final String WAREHOUSE_MANAGER = "Warehouse Manager";
    public static final String REQUESTER = "Requester";
    public static final String PROCESS_OWNER = "Process Owner";
    public static final String AUDITOR = "Auditor";
    public static final String ADMIN = "Admin";

    /** The roles that a new company has, in the order in which people are shown them. */
    public static final List<String> ROLES = List.of(
            FINANCE_HEAD,
            CFO,
            SALES_HEAD,
            PROCUREMENT_MANAGER,
            PURCHASING,
            ACCOUNTS,
            WAREHOUSE_MANAGER,
            REQUESTER,
            PROCESS_OWNER,
            AUDITOR,
            ADMIN);

    private static final Set<String> EVERY_MEMBER = Set.of("workflow:read", "erp:read:own");
    private static final Set<String> READ_EVERYWHERE =
            ErpCatalogue.MODULES.stream().map(m -> "erp:read:" + m).collect(toUnmodifiableSet());
    private static final Set<String> WRITE_EVERYWHERE =
            ErpCatalogue.MODULES.stream().flatMap(m -> works(m).stream()).collect(toUnmodifiableSet());
    private static final Set<String> DECIDES = Set.of("approval:decide");

    /** Bank accounts of suppliers in full: not even for Admin, who may change who holds which role. */
    private static final Set<String> SEES_BANKS = Set.of("erp:bank:procurement");

    private static final Map<String, Set<String>> BY_ROLE = Map.ofEntries(
            Map.entry(FINANCE_HEAD, union(READ_EVERYWHERE, DECIDES)),
            Map.entry(CFO, union(READ_EVERYWHERE, DECIDES)),
            Map.entry(SALES_HEAD, union(works("sales"), DECIDES)),
            Map.entry(PROCUREMENT_MANAGER, union(union(works("procurement"), works("inventory")), DECIDES)),
            Map.entry(PURCHASING, union(union(works("procurement"), works("inventory")), DECIDES)),
            Map.entry(ACCOUNTS, union(union(works("finance"), works("procurement")), union(SEES_BANKS, DECIDES))),
            Map.entry(WAREHOUSE_MANAGER, union(works("inventory"), DECIDES)),
            Map.entry(REQUESTER, Set.of("erp:read:procurement", "erp:create:procurement")),
            Map.entry(
                    PROCESS_OWNER,
                    union(READ_EVERYWHERE, Set.of("workflow:read", "workflow:write", "workflow:run", "audit:read"))),
            Map.entry(AUDITOR, union(READ_EVERYWHERE, Set.of("workflow:read", "audit:read"))),
            // No approval:decide: who may change who holds a role must not also decide in that role's place.
            Map.entry(
                    ADMIN,
                    union(
                            WRITE_EVERYWHERE,
                            Set.of(
                                    "workflow:read",
                                    "workflow:write",
                                    "workflow:run",
                                    "event:publish",
                                    "audit:read",
                                    "admin"))));

    private Permissions() {}

    /** Everything that a member with these roles may do. */
    public static Set<String> of(Set<String> roles) {
        return Stream.concat(
                        EVERY_MEMBER.stream(), roles.stream().flatMap(r -> BY_ROLE.getOrDefault(r, Set.of()).stream()))
                .collect(toUnmodifiableSet());
    }

    private static Set<String> works(String module) {
        return Set.of("erp:read:" + module, "erp:create:" + module, "erp:write:" + module);
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        return Stream.concat(one.stream(), other.stream()).collect(toUnmodifiableSet());
    }
}
