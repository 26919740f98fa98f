package dev.millrace.erp.imports;

import dev.millrace.erp.gst.Gstin;
import java.util.Optional;
import java.util.regex.Pattern;

/** What texts of people and places look like. */
final class Form {
    static final int CODE_MOST = 60;
    static final int NAME_MOST = 300;
    static final int TEXT_MOST = 300;
    static final int DAYS_MOST = 365;

    private static final Pattern STATE = Pattern.compile("[0-9]{2}");
    private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
    private static final Pattern PIN = Pattern.compile("[0-9A-Za-z -]{3,10}");
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]{1,64}@[^@\\s]{1,250}\\.[^@\\s.]{2,}");
    private static final Pattern PHONE = Pattern.compile("\\+[1-9][0-9]{6,14}");
    private static final int USUAL_MARK = 13;

    private Form() {}

    /** A tax number, the place and the address that a supplier and a customer both have. */
    record Place(
            Optional<String> gstin,
            Optional<String> stateCode,
            String country,
            Optional<String> addressLine1,
            Optional<String> city,
            Optional<String> pin,
            Optional<String> email,
            Optional<String> phone) {

        static Place nowhere(String country) {
            return new Place(
                    Optional.empty(),
                    Optional.empty(),
                    country,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }
    }

    /**
     * @param usual country of who says none
     */
    static Place place(Cells cells, Place before, String usual) {
        Optional<String> gstin = cells.fitting(
                "gstin",
                before.gstin(),
                true,
                text -> Gstin.isGenuine(text) && text.charAt(USUAL_MARK) == 'Z',
                "a GSTIN of 15 characters whose last one checks the others");
        Optional<String> state = cells.fitting(
                        "state_code",
                        before.stateCode(),
                        false,
                        text -> STATE.matcher(text).matches(),
                        "the two digits of a state, such as 27")
                .or(() -> gstin.filter(text -> text.length() > 1).map(text -> text.substring(0, 2)));
        if (gstin.isPresent() && !gstin.get().startsWith(state.orElse(""))) {
            cells.add(
                    "state_code",
                    state.orElse(""),
                    "state_differs",
                    "Expected the state of the GSTIN, " + gstin.get().substring(0, 2) + ", but got '" + state.orElse("")
                            + "'");
        }
        return new Place(
                gstin,
                state,
                cells.fitting(
                                "country",
                                Optional.of(before.country()),
                                true,
                                text -> COUNTRY.matcher(text).matches(),
                                "the two letters of a country, such as IN")
                        .orElse(usual),
                cells.text("address_line1", TEXT_MOST, before.addressLine1()),
                cells.text("city", TEXT_MOST, before.city()),
                cells.fitting(
                        "pin",
                        before.pin(),
                        false,
                        text -> PIN.matcher(text).matches(),
                        "a postal code, such as 411019"),
                cells.fitting(
                        "email",
                        before.email(),
                        false,
                        text -> EMAIL.matcher(text).matches(),
                        "an e-mail address"),
                cells.fitting(
                        "phone",
                        before.phone(),
                        false,
                        text -> PHONE.matcher(text).matches(),
                        "a number with the country's code, such as +919820012345"));
    }

    static String currency(Cells cells, String before, String usual) {
        return cells.fitting(
                        "currency",
                        Optional.of(before),
                        true,
                        text -> CURRENCY.matcher(text).matches(),
                        "the three letters of a currency, such as INR")
                .orElse(usual);
    }
}
