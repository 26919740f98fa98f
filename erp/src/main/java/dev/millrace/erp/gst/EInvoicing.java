package dev.millrace.erp.gst;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Which invoices go to the portal. Source: CGST rule 48(4) and its notifications. */
public final class EInvoicing {
    private EInvoicing() {}

    /**
     * @param turnover of the seller, in rupees
     * @param rates of the lines, percent
     */
    public record Sale(
            SupplyType type,
            BigDecimal turnover,
            String sellerGstin,
            Optional<String> buyerGstin,
            List<BigDecimal> rates,
            LocalDate date) {
        public Sale {
            rates = List.copyOf(rates);
        }
    }

    /**
     * Not to people without a GSTIN, not to oneself, not where every line is nil-rated or exempt, and only above the
     * turnover of the day.
     */
    public static boolean isRequired(Sale sale, GstRules rules) {
        return sale.type() != SupplyType.B2C
                && sale.buyerGstin().filter(sale.sellerGstin()::equals).isEmpty()
                && sale.rates().stream().anyMatch(rate -> rate.signum() > 0)
                && rules.eInvoicing(sale.turnover(), sale.date());
    }

    /** Goods from a value on travel with an e-way bill. */
    public static boolean needsWayBill(boolean goods, BigDecimal total, LocalDate date, GstRules rules) {
        return goods
                && rules.at(Threshold.E_WAY_BILL_VALUE, date)
                        .filter(limit -> total.compareTo(limit) >= 0)
                        .isPresent();
    }
}
