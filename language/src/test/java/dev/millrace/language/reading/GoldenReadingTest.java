package dev.millrace.language.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.language.Catalogue;
import dev.millrace.language.Checker;
import dev.millrace.language.Reading;
import dev.millrace.language.check.TestCatalogue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The readings of the templates, word by word. Set the system property {@code readings.write} to the folder of the
 * resources to write them anew; then read them aloud.
 */
class GoldenReadingTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "credit-limit-breach",
                "e-invoice-on-sales-invoice",
                "expense-claim-approval",
                "gst-reconciliation-reminder",
                "key-account-sales-order-approval",
                "low-stock-reorder-alert",
                "month-end-close",
                "payment-run-approval",
                "price-change-approval",
                "purchase-order-approval",
                "supplier-bank-change-control",
                "three-way-invoice-matching",
                "vendor-onboarding"
            })
    void a_template_reads_as_it_was_approved(String name) throws IOException {
        Catalogue catalogue = TestCatalogue.everything();
        String text = Reading.of(Checker.rebuild(TestCatalogue.template(name), catalogue.actions()), catalogue)
                .text();
        Optional<String> folder = Optional.ofNullable(System.getProperty("readings.write"));
        if (folder.isPresent()) {
            Files.writeString(Path.of(folder.get(), name + ".txt"), text);
        }

        assertThat(text).isEqualTo(golden(name));
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = GoldenReadingTest.class.getResourceAsStream("/readings/" + name + ".txt")) {
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
