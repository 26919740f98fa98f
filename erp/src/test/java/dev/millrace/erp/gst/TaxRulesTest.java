package dev.millrace.erp.gst;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.erp.Customer.Treatment;
import dev.millrace.erp.World;
import dev.millrace.erp.gst.EInvoicing.Sale;
import dev.millrace.erp.gst.ReturnDates.Filing;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaxRulesTest {
    private static final String SELLER = "27AAPFU0939F1ZV";
    private static final String BUYER = "24AAQCA8719H1ZC";
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 30);

    private static final GstRules RULES = new World().run(tx -> new GstRuleRows().load(tx));

    @ParameterizedTest
    @CsvSource({
        // taxable, rate, seller, place of supply, type, cgst, sgst, igst
        "5111.55, 18, 27, 27, B2B, 460.04, 460.04, 0.00",
        "5111.55, 18, 27, 24, B2B, 0.00, 0.00, 920.08",
        "25000, 18, 27, 27, B2C, 2250.00, 2250.00, 0.00",
        "0.10, 5, 27, 27, B2B, 0.00, 0.00, 0.00",
        "0.20, 5, 27, 27, B2B, 0.01, 0.01, 0.00",
        "1000, 0.25, 27, 27, B2B, 1.25, 1.25, 0.00",
        "1000, 0, 27, 27, B2B, 0.00, 0.00, 0.00",
        "1000, 18, 27, 27, SEZWP, 0.00, 0.00, 180.00",
        "1000, 18, 27, 27, SEZWOP, 0.00, 0.00, 0.00",
        "1000, 18, 27, 96, EXPWP, 0.00, 0.00, 180.00",
        "1000, 18, 27, 96, EXPWOP, 0.00, 0.00, 0.00",
        "1000, 18, 27, 27, DEXP, 90.00, 90.00, 0.00"
    })
    void tax_is_split_by_the_place_of_supply_and_each_part_is_rounded_by_itself(
            BigDecimal taxable,
            BigDecimal rate,
            String seller,
            String place,
            SupplyType type,
            BigDecimal cgst,
            BigDecimal sgst,
            BigDecimal igst) {
        assertThat(TaxSplit.of(taxable, rate, seller, place, type)).isEqualTo(new TaxSplit(cgst, sgst, igst));
    }

    @Test
    void the_two_halves_are_equal_and_at_most_a_paisa_off_the_whole_for_any_amount() {
        var random = new Random(20261130);
        for (int i = 0; i < 10_000; i++) {
            BigDecimal taxable = BigDecimal.valueOf(random.nextLong(10_000_000_000L), 2);
            BigDecimal rate =
                    RULES.rates().get(random.nextInt(RULES.rates().size())).percent();

            TaxSplit within = TaxSplit.of(taxable, rate, "27", "27", SupplyType.B2B);
            TaxSplit between = TaxSplit.of(taxable, rate, "27", "24", SupplyType.B2B);

            assertThat(within.cgst()).isEqualTo(within.sgst());
            assertThat(within.total().subtract(between.total()).abs()).isLessThanOrEqualTo(new BigDecimal("0.01"));
            assertThat(between.igst())
                    .isEqualTo(taxable.multiply(rate).movePointLeft(2).setScale(2, RoundingMode.HALF_UP));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "6031.63, 6032.00, 0.37",
        "6031.50, 6032.00, 0.50",
        "6031.49, 6031.00, -0.49",
        "6032.00, 6032.00, 0.00",
        "0.00, 0.00, 0.00"
    })
    void a_total_is_rounded_to_the_rupee_and_says_by_how_much(BigDecimal exact, BigDecimal total, BigDecimal off) {
        assertThat(RoundedTotal.toTheRupee(exact)).isEqualTo(new RoundedTotal(total, off));
        assertThat(RoundedTotal.unrounded(exact)).isEqualTo(new RoundedTotal(exact, new BigDecimal("0.00")));
    }

    @ParameterizedTest
    @CsvSource({
        "REGULAR, true, true, B2B",
        "REGULAR, false, true, B2C",
        "SEZ, true, true, SEZWP",
        "SEZ, true, false, SEZWOP",
        "OVERSEAS, false, true, EXPWP",
        "OVERSEAS, false, false, EXPWOP",
        "DEEMED_EXPORT, true, false, DEXP"
    })
    void the_buyer_makes_the_kind_of_supply(Treatment buyer, boolean registered, boolean taxPaid, SupplyType type) {
        assertThat(SupplyType.of(buyer, registered, taxPaid)).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource({
        // type, goods, buyer's state, delivery, to another, place
        "B2B, true, 24, 27, false, 27",
        "B2B, true, 24, , false, 24",
        "B2B, true, 24, 33, true, 24",
        "B2B, false, 24, 27, false, 24",
        "B2C, false, 29, , false, 29",
        "B2C, true, , 29, false, 29",
        "B2C, false, , 29, false, ",
        "EXPWP, true, , , false, 96",
        "SEZWP, true, 24, 24, false, 24"
    })
    void the_place_of_supply_is_where_goods_go_and_where_the_buyer_of_a_service_is(
            SupplyType type,
            boolean goods,
            @Nullable String buyer,
            @Nullable String delivery,
            boolean toAnother,
            @Nullable String place) {
        var supply = new PlaceOfSupply.Supply(
                type, goods, Optional.ofNullable(buyer), Optional.ofNullable(delivery), toAnother);

        assertThat(PlaceOfSupply.of(supply)).isEqualTo(Optional.ofNullable(place));
    }

    @ParameterizedTest
    @CsvSource({
        "18, 73181500, 2026-11-30, true",
        "12, 73181500, 2025-09-21, true",
        "12, 73181500, 2025-09-22, false",
        "28, 87032391, 2025-09-21, true",
        "28, 87032391, 2025-09-22, false",
        "28, 24022090, 2025-09-22, true",
        "40, 87032391, 2025-09-21, false",
        "40, 87032391, 2025-09-22, true",
        "3, 71131910, 2026-11-30, true",
        "3, 73181500, 2026-11-30, false",
        "18, 73181500, 2017-06-30, false",
        "17, 73181500, 2026-11-30, false",
        "18.0, 996511, 2026-11-30, true"
    })
    void a_rate_holds_on_its_days_and_for_its_goods(BigDecimal rate, String hsn, LocalDate date, boolean holds) {
        assertThat(RULES.isRate(rate, hsn, date)).isEqualTo(holds);
    }

    @ParameterizedTest
    @CsvSource({
        // turnover, date, e-invoices, digits of codes
        "50000000, 2026-11-30, false, 4",
        "50000000.01, 2026-11-30, true, 6",
        "90000000, 2023-07-31, false, 6",
        "90000000, 2023-08-01, true, 6",
        "9000000000, 2020-09-30, false, 4"
    })
    void what_a_company_must_do_goes_by_its_turnover_and_the_date(
            BigDecimal turnover, LocalDate date, boolean eInvoices, int digits) {
        assertThat(RULES.eInvoicing(turnover, date)).isEqualTo(eInvoices);
        assertThat(RULES.hsnDigits(turnover, date)).isEqualTo(digits);
    }

    @Test
    void a_large_company_registers_documents_of_the_last_thirty_days_only() {
        BigDecimal tenCrore = new BigDecimal("100000000");

        assertThat(RULES.oldest(tenCrore, TODAY)).contains(TODAY.minusDays(30));
        assertThat(RULES.oldest(tenCrore.subtract(BigDecimal.ONE), TODAY)).isEmpty();
        assertThat(RULES.oldest(tenCrore, LocalDate.of(2025, 3, 31))).isEmpty();
    }

    @Test
    void an_e_invoice_is_for_business_above_the_turnover() {
        assertThat(required(SupplyType.B2B, "100000000", BUYER, "18")).isTrue();
        assertThat(required(SupplyType.EXPWOP, "100000000", null, "18")).isTrue();
        assertThat(required(SupplyType.B2B, "100000000", BUYER, "0", "18")).isTrue();
        assertThat(required(SupplyType.B2C, "100000000", null, "18")).isFalse();
        assertThat(required(SupplyType.B2B, "50000000", BUYER, "18")).isFalse();
        assertThat(required(SupplyType.B2B, "100000000", SELLER, "18")).isFalse();
        assertThat(required(SupplyType.B2B, "100000000", BUYER, "0", "0")).isFalse();
    }

    private static boolean required(SupplyType type, String turnover, @Nullable String buyer, String... rates) {
        List<BigDecimal> percents = List.of(rates).stream().map(BigDecimal::new).toList();
        return EInvoicing.isRequired(
                new Sale(type, new BigDecimal(turnover), SELLER, Optional.ofNullable(buyer), percents, TODAY), RULES);
    }

    @ParameterizedTest
    @CsvSource({"true, 50000, true", "true, 49999.99, false", "false, 90000, false"})
    void goods_from_fifty_thousand_rupees_on_travel_with_an_e_way_bill(
            boolean goods, BigDecimal total, boolean needed) {
        assertThat(EInvoicing.needsWayBill(goods, total, TODAY, RULES)).isEqualTo(needed);
    }

    @ParameterizedTest
    @CsvSource({"2026-10, 2026-11-11, 2026-11-20", "2026-12, 2027-01-11, 2027-01-20", "2027-02, 2027-03-11, 2027-03-20"
    })
    void a_monthly_filer_files_on_the_11th_and_the_20th(YearMonth period, LocalDate gstr1, LocalDate gstr3b) {
        assertThat(ReturnDates.gstr1(period, new Filing.Monthly(), RULES)).isEqualTo(gstr1);
        assertThat(ReturnDates.gstr3b(period, new Filing.Monthly(), RULES)).isEqualTo(gstr3b);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-10, 27, 2027-01-13, 2027-01-22",
        "2026-12, 09, 2027-01-13, 2027-01-24",
        "2026-04, 29, 2026-07-13, 2026-07-22"
    })
    void a_quarterly_filer_files_after_the_quarter_by_state(
            YearMonth period, String state, LocalDate gstr1, LocalDate gstr3b) {
        assertThat(ReturnDates.gstr1(period, new Filing.Quarterly(state), RULES))
                .isEqualTo(gstr1);
        assertThat(ReturnDates.gstr3b(period, new Filing.Quarterly(state), RULES))
                .isEqualTo(gstr3b);
    }

    @Test
    void the_law_is_read_by_everybody_and_written_by_nobody() {
        var world = new World();

        for (String law : List.of("gst_rates", "gst_thresholds", "gst_states")) {
            assertThat(world.<Long>run(tx -> tx.handle()
                            .createQuery("select count(*) from " + law)
                            .mapTo(Long.class)
                            .one()))
                    .isPositive();
            assertThat(org.assertj.core.api.Assertions.catchThrowable(
                            () -> world.run(tx -> tx.handle().execute("delete from " + law))))
                    .hasMessageContaining("permission denied");
        }
        for (Threshold threshold : Threshold.values()) {
            assertThat(RULES.at(threshold, TODAY)).as(threshold.name()).isPresent();
        }
    }
}
