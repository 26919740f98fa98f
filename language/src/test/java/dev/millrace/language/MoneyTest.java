package dev.millrace.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MoneyTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | ₹0.00",
                "7.5 | ₹7.50",
                "999.999 | ₹1,000.00",
                "1000 | ₹1,000.00",
                "99999.9 | ₹99,999.90",
                "100000 | ₹1,00,000.00",
                "1234567.50 | ₹12,34,567.50",
                "229317370.29 | ₹22,93,17,370.29",
                "-500000.01 | -₹5,00,000.01",
            })
    void rupees_are_grouped_by_thousand_lakh_and_crore(BigDecimal amount, String written) {
        assertThat(Money.text(amount, "INR")).contains(written);
    }

    @Test
    void an_exponent_does_not_show() {
        assertThat(Money.text(new BigDecimal("1E+7"), "INR")).contains("₹1,00,00,000.00");
    }

    @Test
    void other_currencies_are_grouped_by_thousands_with_their_own_decimals() {
        assertThat(Money.text(new BigDecimal("1234567.5"), "USD")).contains("USD 1,234,567.50");
        assertThat(Money.text(new BigDecimal("1234.5"), "JPY")).contains("JPY 1,235");
        assertThat(Money.text(BigDecimal.ONE, "XYZ1")).isEmpty();
        assertThat(Money.written(BigDecimal.ONE, "XYZ1")).isEqualTo("XYZ1 1");
        assertThat(Money.written(BigDecimal.ONE, "")).isEqualTo("1");
        assertThat(Money.written(new BigDecimal("100000"), "INR")).isEqualTo("₹1,00,000.00");
    }

    @Test
    void a_price_keeps_every_decimal_that_it_has() {
        assertThat(Money.price(new BigDecimal("0.357500"), "INR")).isEqualTo("₹0.3575");
        assertThat(Money.price(new BigDecimal("123456"), "INR")).isEqualTo("₹1,23,456.00");
        assertThat(Money.price(new BigDecimal("1E+3"), "JPY")).isEqualTo("JPY 1,000");
        assertThat(Money.price(new BigDecimal("0.5"), "JPY")).isEqualTo("JPY 0.5");
        assertThat(Money.price(new BigDecimal("0.357"), "XYZ1")).isEqualTo("XYZ1 0.357");
    }
}
