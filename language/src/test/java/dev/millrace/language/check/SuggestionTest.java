package dev.millrace.language.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {
    private static final List<String> WORDS = List.of(
            "Finance Head", "CFO", "Sales Head", "erp.approval.request", "erp.purchase_order.lock", "role", "user");

    @ParameterizedTest
    @CsvSource({
        "Finance Haed,Finance Head",
        "finance head,Finance Head",
        "FinanceHead,Finance Head",
        "cfo,CFO",
        "CFE,CFO",
        "approval.request,erp.approval.request",
        "erp.aproval.reqest,erp.approval.request",
        "rloe,role",
        "usr,user",
    })
    void the_nearest_word_is_found(String word, String expected) {
        assertThat(Suggestion.nearest(word, WORDS)).contains(expected);
    }

    @ParameterizedTest
    @CsvSource({"Warehouse", "x", "''", "erp.gst.submit"})
    void what_is_far_from_all_gets_no_suggestion(String word) {
        assertThat(Suggestion.nearest(word, WORDS)).isEmpty();
    }

    @Test
    void swapped_neighbours_count_once() {
        assertThat(Suggestion.distance("Haed", "Head")).isEqualTo(1);
        assertThat(Suggestion.distance("", "abc")).isEqualTo(3);
        assertThat(Suggestion.distance("kitten", "sitting")).isEqualTo(3);
    }
}
