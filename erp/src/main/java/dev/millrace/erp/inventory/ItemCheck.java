package dev.millrace.erp.inventory;

import dev.millrace.erp.InputProblem;
import dev.millrace.erp.Item;
import dev.millrace.erp.inventory.ItemFacts.Facts;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Looks an item over and finds everything that is wrong with it at once. Touches nothing. */
public final class ItemCheck {
    private static final Pattern HSN = Pattern.compile("[0-9]{4}|[0-9]{6}|[0-9]{8}");
    private static final Pattern UQC = Pattern.compile("[A-Z]{3}");
    private static final String SERVICES = "99";
    private static final int CODE_MOST = 60;
    private static final int NAME_MOST = 300;
    private static final int COST_DECIMALS = 6;
    private static final int PERCENT_DECIMALS = 4;
    private static final BigDecimal COST_MOST = new BigDecimal("1000000000000");
    private static final BigDecimal HUNDRED = new BigDecimal("100");

    private final List<InputProblem> problems = new ArrayList<>();

    private ItemCheck() {}

    /**
     * @param before as it is there, if it is to be changed
     */
    public static List<InputProblem> of(Item item, Optional<Item> before, Facts facts) {
        var check = new ItemCheck();
        check.itself(item);
        check.references(item, facts);
        before.ifPresent(old -> check.change(item, old, facts));
        return List.copyOf(check.problems);
    }

    private void itself(Item item) {
        text("code", item.code(), CODE_MOST);
        text("name", item.name(), NAME_MOST);
        require(
                HSN.matcher(item.hsnSac()).matches(),
                "hsn_invalid",
                "hsn_sac",
                "Expected an HSN or SAC code of 4, 6 or 8 digits but got '" + item.hsnSac() + "'");
        require(
                !item.isService() || item.hsnSac().startsWith(SERVICES),
                "hsn_invalid",
                "hsn_sac",
                "Expected the code of a service, which begins with 99, but got '" + item.hsnSac() + "'");
        require(
                UQC.matcher(item.uqc()).matches(),
                "uqc_invalid",
                "uqc",
                "Expected the unit's code of three capital letters, such as NOS or KGS, but got '" + item.uqc() + "'");
        number("gst_rate", item.gstRate(), PERCENT_DECIMALS, HUNDRED);
        number("standard_cost", item.standardCost(), COST_DECIMALS, COST_MOST);
        item.salesPrice().ifPresent(price -> number("sales_price", price, COST_DECIMALS, COST_MOST));
        number("over_receipt_percent", item.overReceiptPercent(), PERCENT_DECIMALS, HUNDRED);
    }

    private void references(Item item, Facts facts) {
        item.preferredSupplier()
                .filter(id -> !facts.suppliers().contains(id))
                .ifPresent(id -> add(
                        "supplier_unknown",
                        "preferred_supplier_id",
                        "Expected a supplier of this company: have it entered first"));
        item.stockAccount()
                .filter(code -> !facts.stockAccounts().contains(code))
                .ifPresent(code -> add(
                        "account_unknown",
                        "stock_account",
                        "Expected an active account that carries stock but got '" + code + "'"));
        item.expenseAccount()
                .filter(code -> !facts.expenseAccounts().contains(code))
                .ifPresent(code -> add(
                        "account_unknown",
                        "expense_account",
                        "Expected an active account that is no control account but got '" + code + "'"));
    }

    private void change(Item item, Item old, Facts facts) {
        require(
                item.code().equals(old.code()),
                "code_fixed",
                "code",
                "The code stays '" + old.code() + "': make another item for another code");
        require(
                item.isService() == old.isService(),
                "kind_fixed",
                "is_service",
                "Goods do not become a service nor the reverse: make another item");
        require(
                item.uqc().equals(old.uqc()) || !facts.kept().contains(item.id()),
                "unit_fixed",
                "uqc",
                "There were movements in " + old.uqc() + ", so the unit stays: make another item");
        require(
                samePrice(item.salesPrice(), old.salesPrice()),
                "price_change_needed",
                "sales_price",
                "The sales price is changed by a price change, and not with the item: leave it as it is");
    }

    private static boolean samePrice(Optional<BigDecimal> one, Optional<BigDecimal> other) {
        return one.map(BigDecimal::stripTrailingZeros).equals(other.map(BigDecimal::stripTrailingZeros));
    }

    private void text(String path, String value, int most) {
        require(
                !value.isBlank() && value.length() <= most,
                "required",
                path,
                "Expected 1 to " + most + " characters but got " + (value.isBlank() ? "none" : value.length()));
    }

    private void number(String path, BigDecimal value, int decimals, BigDecimal most) {
        require(
                value.signum() >= 0
                        && value.compareTo(most) <= 0
                        && value.stripTrailingZeros().scale() <= decimals,
                "out_of_range",
                path,
                "Expected 0 to " + most.toPlainString() + " with at most " + decimals + " decimals but got "
                        + value.toPlainString());
    }

    private void require(boolean holds, String code, String path, String message) {
        if (!holds) {
            add(code, path, message);
        }
    }

    private void add(String code, String path, String message) {
        problems.add(new InputProblem(code, path, message));
    }
}
