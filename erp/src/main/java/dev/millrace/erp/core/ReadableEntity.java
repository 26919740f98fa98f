package dev.millrace.erp.core;

import dev.millrace.language.EntityType;
import java.util.Set;

/**
 * What of a module's rows definitions may read. The module that owns the table says so, next to its other SQL.
 *
 * @param key column names, separated by commas, by which rows are told apart
 * @param number the field with the number or code by which people call one
 * @param money fields that hold amounts: written with two decimals, and summed
 * @param select one column for each field of the entity, named like it, of the rows of the company {@code :tenant}; texts
 *     as {@code text}, lists as {@code jsonb}
 */
public record ReadableEntity(EntityType entity, String key, String number, Set<String> money, String select) {
    public static final String ID = "id";

    /** The field with the currency of a row's amounts. */
    private static final String CURRENCY = "currency";

    /** How fields with amounts in the company's currency end. */
    private static final String BASE = "_base";

    public ReadableEntity {
        money = Set.copyOf(money);
    }

    /** Of rows with an id. */
    public ReadableEntity(EntityType entity, String number, Set<String> money, String select) {
        this(entity, ID, number, money, select);
    }

    /** Whether its amounts are in each row's own currency, and not in the company's. */
    public boolean isInOwnCurrency(String field) {
        return entity.fields().field(CURRENCY).isPresent() && !field.endsWith(BASE);
    }

    /** Whether one can be named by an id. */
    public boolean hasId() {
        return key.equals(ID);
    }
}
