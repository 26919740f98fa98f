package dev.millrace.erp.gst;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.erp.World;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class TaxNumbersTest {
    private final World world = new World();

    @ParameterizedTest
    @CsvFileSource(resources = "/gst/gstin_vectors.csv", numLinesToSkip = 1)
    void a_gstin_is_genuine_by_its_check_character(String gstin, boolean genuine, String note) {
        assertThat(Gstin.isGenuine(gstin)).as(note).isEqualTo(genuine);
        assertThat(Gstin.of(gstin).isPresent()).as(note).isEqualTo(genuine || Gstin.SANDBOX.contains(gstin));
    }

    @ParameterizedTest
    @CsvFileSource(resources = "/gst/gstin_vectors.csv", numLinesToSkip = 1)
    void the_database_says_the_same_of_a_gstin(String gstin, boolean genuine, String note) {
        boolean valid = world.run(tx -> tx.handle()
                .createQuery("select gstin_is_valid(:gstin)")
                .bind("gstin", gstin)
                .mapTo(Boolean.class)
                .one());

        assertThat(valid).as(note).isEqualTo(Gstin.of(gstin).isPresent());
    }

    @Test
    void a_gstin_is_read_as_people_type_it_and_tells_its_state() {
        assertThat(Gstin.of("  27aapfu0939f1zv ")).contains(new Gstin("27AAPFU0939F1ZV"));
        assertThat(new Gstin("27AAPFU0939F1ZV").state()).isEqualTo("27");
        assertThat(Gstin.of("")).isEmpty();
        assertThatThrownBy(() -> new Gstin("27AAPFU0939F1ZW"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("27AAPFU0939F1ZW");
    }

    @Test
    void one_wrong_character_or_two_that_changed_places_are_found() {
        String right = "27AAPFU0939F1ZV";
        for (int i = 0; i < 14; i++) {
            char other = Character.isDigit(right.charAt(i)) ? (right.charAt(i) == '9' ? '8' : '9') : 'Q';
            assertThat(Gstin.isGenuine(right.substring(0, i) + other + right.substring(i + 1)))
                    .as("place " + i)
                    .isFalse();
        }
        assertThat(Gstin.isGenuine("27AAPFU9039F1ZV")).isFalse();
    }

    @ParameterizedTest
    @CsvFileSource(resources = "/gst/irn_vectors.csv", numLinesToSkip = 1)
    void an_irn_is_what_the_portal_computed(String seller, String year, DocumentType type, String number, String irn) {
        assertThat(Irn.hash(seller, year, type, number)).isEqualTo(irn);
    }

    @Test
    void an_irn_does_not_depend_on_the_case_of_the_number() {
        LocalDate date = LocalDate.of(2026, 11, 30);

        String irn = Irn.of("01AMBPG7773M002", DocumentType.INV, "sinv/26-27/00001", date);

        assertThat(irn)
                .matches("[0-9a-f]{64}")
                .isEqualTo(Irn.of("01AMBPG7773M002", DocumentType.INV, "SINV/26-27/00001", date))
                .isNotEqualTo(Irn.of("01AMBPG7773M002", DocumentType.CRN, "SINV/26-27/00001", date))
                .isNotEqualTo(Irn.of("01AMBPG7773M002", DocumentType.INV, "SINV/26-27/00001", date.plusYears(1)));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-31, 2025-26",
        "2026-04-01, 2026-27",
        "2026-12-31, 2026-27",
        "2027-01-01, 2026-27",
        "2099-04-01, 2099-00"
    })
    void the_tax_year_begins_in_april(LocalDate date, String year) {
        assertThat(Irn.financialYear(date)).isEqualTo(year);
    }

    @ParameterizedTest
    @CsvSource({
        "INV/26-27/00001, true",
        "a, true",
        "1234567890123456, true",
        "12345678901234567, false",
        "0123, false",
        "/123, false",
        "-123, false",
        "INV 1, false",
        "INV_1, false",
        "'', false"
    })
    void a_document_number_has_at_most_sixteen_characters_and_begins_with_a_letter_or_a_digit_but_zero(
            String number, boolean allowed) {
        assertThat(DocumentNumber.isAllowed(number)).isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({
        "inv 101, INV101",
        "INV-101, INV101",
        "0012, 12",
        "00/12, 12",
        "INV-0012/24, INV001224",
        "000, 0",
        "'', ''",
        "ü12, 12"
    })
    void numbers_are_compared_without_signs_and_zeros_in_front(String number, String normalized) {
        assertThat(DocumentNumber.normalized(number)).isEqualTo(normalized);
    }
}
