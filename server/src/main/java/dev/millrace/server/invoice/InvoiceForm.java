package dev.millrace.server.invoice;

import dev.millrace.engine.action.Describe;
import dev.millrace.erp.NewSupplierInvoice;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A supplier's invoice as it came, right or wrong: the match judges. Amounts may be numbers or texts. */
record InvoiceForm(
        @Describe(value = "or supplier_code", oneOf = "supplier")
        Optional<UUID> supplierId,

        @Describe(value = "or supplier_id", oneOf = "supplier")
        Optional<String> supplierCode,

        @Describe(value = "as the supplier wrote it", least = 1, most = 100)
        String invoiceNumber,

        @Describe("of the invoice") LocalDate invoiceDate,

        @Describe("the order that it names, if it names one")
        Optional<UUID> purchaseOrderId,

        @Describe(value = "ISO 4217; the order's, else the supplier's when absent", as = Describe.As.CURRENCY)
        Optional<String> currency,

        @Describe("without an order, in a foreign currency: what one unit is worth in the company's own")
        Optional<BigDecimal> rate,

        @Describe("freight and the like, apart from the lines")
        Optional<BigDecimal> charges,

        @Describe("signed") Optional<BigDecimal> roundOff,
        @Describe("what the supplier asks for") BigDecimal total,

        @Describe("of an e-invoice, 64 hexadecimal digits") Optional<String> irn,

        @Describe(value = "what is billed", least = 1, most = 500)
        List<LineForm> lines) {

    record LineForm(
            @Describe("number of the order's line") Optional<Integer> poLineNo,

            @Describe(value = "the order's when absent", most = 500)
            Optional<String> description,

            @Describe("code of the tariff") Optional<String> hsnSac,
            @Describe("how many") BigDecimal quantity,
            @Describe("without tax") BigDecimal unitPrice,
            @Describe("quantity times price when absent") Optional<BigDecimal> taxable,

            @Describe("percent; the order's when absent, and needed where there is none")
            Optional<BigDecimal> gstRate,

            @Describe("0 when absent") Optional<BigDecimal> cgst,
            @Describe("0 when absent") Optional<BigDecimal> sgst,
            @Describe("0 when absent") Optional<BigDecimal> igst,

            @Describe("code of the account that a line without an order is charged to; the usual one when absent")
            Optional<String> expenseAccount) {

        NewSupplierInvoice.Line line() {
            return new NewSupplierInvoice.Line(
                    poLineNo,
                    description,
                    hsnSac,
                    quantity,
                    unitPrice,
                    taxable,
                    gstRate,
                    cgst,
                    sgst,
                    igst,
                    expenseAccount);
        }
    }

    NewSupplierInvoice invoice() {
        return new NewSupplierInvoice(
                supplierId,
                supplierCode,
                invoiceNumber,
                invoiceDate,
                purchaseOrderId,
                currency,
                rate,
                charges,
                roundOff,
                total,
                irn,
                lines.stream().map(LineForm::line).toList());
    }
}
