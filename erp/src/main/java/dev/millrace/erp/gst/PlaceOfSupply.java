package dev.millrace.erp.gst;

import java.util.Optional;

/**
 * Which state a supply belongs to. Sources: IGST Act s. 10 (goods), s. 12 (services); not checked against the text of
 * the Act.
 */
public final class PlaceOfSupply {
    /** Abroad. */
    public static final String OTHER_COUNTRIES = "96";

    private PlaceOfSupply() {}

    /**
     * @param goods there are goods in it: services that go with them follow them
     * @param buyerState of the buyer's registration or address
     * @param deliveryState where the goods are handed over
     * @param toAnother the goods go to somebody else whom the buyer named: they count as delivered to the buyer
     */
    public record Supply(
            SupplyType type,
            boolean goods,
            Optional<String> buyerState,
            Optional<String> deliveryState,
            boolean toAnother) {}

    /** Empty: the customer has no state. */
    public static Optional<String> of(Supply supply) {
        if (supply.type().isExport()) {
            return Optional.of(OTHER_COUNTRIES);
        }
        if (supply.goods() && !supply.toAnother()) {
            return supply.deliveryState().or(supply::buyerState);
        }
        return supply.buyerState();
    }
}
