package dev.millrace.erp.procurement;

import dev.millrace.erp.BankDetails;
import dev.millrace.erp.Company;
import dev.millrace.erp.InputProblem;
import dev.millrace.erp.NewSupplier;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Looks a supplier over as it was sent in, and finds everything that is wrong with it at once. Touches nothing. */
final class SupplierCheck {
    static final String INDIA = "IN";
    static final int USUAL_TERMS = 30;
    static final String USUAL_MSME = "none";

    private static final int TERMS_MOST = 365;
    private static final int TEXT_MOST = 200;
    private static final int HOLDER_MOST = 140;
    private static final BigDecimal SPEND_MOST = new BigDecimal("1000000000000000");
    private static final Set<String> MSME = Set.of(USUAL_MSME, "micro", "small", "medium");
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9./-]{0,39}");
    private static final Pattern PAN = Pattern.compile("[A-Z]{5}[0-9]{4}[A-Z]");
    private static final Pattern STATE = Pattern.compile("[0-9]{2}");
    private static final Pattern INDIAN_PIN = Pattern.compile("[1-9][0-9]{5}");
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]{1,64}@[^@\\s]{1,180}\\.[^@\\s.]{2,}");
    private static final Pattern PHONE = Pattern.compile("\\+[1-9][0-9]{6,14}");
    private static final Pattern UDYAM = Pattern.compile("UDYAM-[A-Z]{2}-[0-9]{2}-[0-9]{7}");
    private static final Pattern ACCOUNT = Pattern.compile("[0-9A-Z]{6,34}");
    private static final Pattern IFSC = Pattern.compile("[A-Z]{4}0[0-9A-Z]{6}");
    private static final Pattern BIC = Pattern.compile("[A-Z]{6}[0-9A-Z]{2}([0-9A-Z]{3})?");

    private final List<InputProblem> problems = new ArrayList<>();

    private SupplierCheck() {}

    /**
     * @param isGstin whether the tax number that is given has the right form and check character
     */
    static List<InputProblem> problems(Company company, NewSupplier supplier, boolean isGstin) {
        var check = new SupplierCheck();
        check.who(supplier);
        check.tax(supplier, country(company, supplier), isGstin);
        check.address(supplier, country(company, supplier));
        check.terms(supplier);
        return check.problems;
    }

    static String country(Company company, NewSupplier supplier) {
        return supplier.country().orElse(company.info().country());
    }

    private void who(NewSupplier supplier) {
        form("code", Optional.of(supplier.code()), CODE, "a code of letters, digits and . / -, such as S0042");
        text("name", Optional.of(supplier.name()), TEXT_MOST);
        text("category", supplier.category(), TEXT_MOST);
        form("email", supplier.email(), EMAIL, "an e-mail address");
        form("phone", supplier.phone(), PHONE, "a number with the country's code, such as +919820012345");
    }

    private void tax(NewSupplier supplier, String country, boolean isGstin) {
        if (supplier.gstin().isPresent() && !isGstin) {
            add(
                    "gstin_invalid",
                    "gstin",
                    "Expected a GSTIN with its right check character but got '"
                            + supplier.gstin().get() + "': ask the supplier for it once more");
        } else if (supplier.gstin().isPresent() && !country.equals(INDIA)) {
            add("gstin_invalid", "gstin", "Expected no GSTIN, because the supplier is not in India");
        } else {
            supplier.gstin().ifPresent(gstin -> agree(supplier, gstin));
        }
        form("pan", supplier.pan(), PAN, "five letters, four digits and a letter");
        form("state_code", supplier.stateCode(), STATE, "the two digits of a state, such as 27");
    }

    private void agree(NewSupplier supplier, String gstin) {
        if (supplier.pan().filter(pan -> !pan.equals(panOf(gstin))).isPresent()) {
            add("pan_differs", "pan", "Expected " + panOf(gstin) + ", which is the PAN within the GSTIN");
        }
        if (supplier.stateCode().filter(state -> !state.equals(stateOf(gstin))).isPresent()) {
            add(
                    "state_differs",
                    "state_code",
                    "Expected " + stateOf(gstin) + ", the state in which the GSTIN is registered");
        }
    }

    static String panOf(String gstin) {
        return gstin.substring(2, 12);
    }

    static String stateOf(String gstin) {
        return gstin.substring(0, 2);
    }

    private void address(NewSupplier supplier, String country) {
        if (!COUNTRIES.contains(country)) {
            add("out_of_range", "country", "Expected a country's two letters, such as IN, but got '" + country + "'");
        }
        text("address_line1", supplier.addressLine1(), TEXT_MOST);
        text("city", supplier.city(), TEXT_MOST);
        if (country.equals(INDIA)) {
            form("pin", supplier.pin(), INDIAN_PIN, "a PIN code of six digits");
        } else {
            text("pin", supplier.pin(), 20);
        }
    }

    private void terms(NewSupplier supplier) {
        if (supplier.currency().filter(code -> !OrderCheck.hasTwoDecimals(code)).isPresent()) {
            add(
                    "currency_unknown",
                    "currency",
                    "Expected the code of a currency with two decimals, such as INR or EUR, but got '"
                            + supplier.currency().get() + "'");
        }
        if (supplier.paymentTermsDays()
                .filter(days -> days < 0 || days > TERMS_MOST)
                .isPresent()) {
            add("out_of_range", "payment_terms_days", "Expected 0 to " + TERMS_MOST + " days");
        }
        String msme = supplier.msme().orElse(USUAL_MSME);
        if (!MSME.contains(msme)) {
            add("out_of_range", "msme", "Expected none, micro, small or medium at msme but got '" + msme + "'");
        }
        form("udyam_no", supplier.udyamNo(), UDYAM, "a number such as UDYAM-MH-01-0012345");
        if (supplier.udyamNo().isPresent() && msme.equals(USUAL_MSME)) {
            add(
                    "required",
                    "msme",
                    "Expected micro, small or medium at msme, because the supplier has a Udyam registration");
        }
        if (supplier.expectedAnnualSpend()
                .filter(spend -> spend.signum() < 0
                        || spend.compareTo(SPEND_MOST) > 0
                        || spend.stripTrailingZeros().scale() > 2)
                .isPresent()) {
            add(
                    "out_of_range",
                    "expected_annual_spend",
                    "Expected an amount of 0 or more with at most two decimals at expected_annual_spend");
        }
    }

    /** As {@link #problems}, of bank details; the account's number stands in no message. */
    static List<InputProblem> problems(BankDetails bank) {
        var check = new SupplierCheck();
        check.text("holder", Optional.of(bank.holder()), HOLDER_MOST);
        if (!ACCOUNT.matcher(bank.account()).matches()) {
            check.add("out_of_range", "account", "Expected 6 to 34 digits and capital letters, without blanks");
        }
        if (bank.ifsc().isPresent() == bank.bic().isPresent()) {
            check.add("exactly_one_of", "ifsc", "Expected either the ifsc of an Indian bank or the bic of another one");
        }
        check.form("ifsc", bank.ifsc(), IFSC, "four letters, a zero and six characters, such as HDFC0001234");
        check.form("bic", bank.bic(), BIC, "8 or 11 characters, such as DEUTDEFF");
        return check.problems;
    }

    private void form(String path, Optional<String> text, Pattern form, String expected) {
        text.filter(given -> !form.matcher(given).matches())
                .ifPresent(given ->
                        add("out_of_range", path, "Expected " + expected + " at " + path + " but got '" + given + "'"));
    }

    private void text(String path, Optional<String> text, int most) {
        text.filter(given -> given.isBlank() || given.length() > most)
                .ifPresent(given -> add("out_of_range", path, "Expected 1 to " + most + " characters at " + path));
    }

    private void add(String code, String path, String message) {
        problems.add(new InputProblem(code, path, message));
    }
}
