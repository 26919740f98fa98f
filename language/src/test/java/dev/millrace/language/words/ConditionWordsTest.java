package dev.millrace.language.words;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.language.Catalogue;
import dev.millrace.language.Checker;
import dev.millrace.language.Definition;
import dev.millrace.language.Expression;
import dev.millrace.language.Expressions;
import dev.millrace.language.Expressions.Parsed;
import dev.millrace.language.check.TestCatalogue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Conditions of a process on purchase orders, in words. */
class ConditionWordsTest {
    private static final Catalogue CATALOGUE = TestCatalogue.everything();
    private static final Definition DEFINITION = Checker.rebuild("""
                    workflow:
                      name: conditions
                      trigger: { event: purchase_order.created }
                      steps:
                        - { id: ask, action: erp.approval.request, config: { role: CFO } }
                        - { id: match, action: erp.supplier_invoice.match, depends_on: ask, config: {} }
                    """, CATALOGUE.actions());

    @ParameterizedTest
    @CsvFileSource(resources = "/readings/conditions.csv", delimiterString = " => ", ignoreLeadingAndTrailingWhitespace = true, quoteCharacter = '`')
    void a_condition_reads_as_a_person_would_say_it(String condition, String words) {
        Wording wording = Wording.byTitle(Messages.ENGLISH, DEFINITION, CATALOGUE);

        assertThat(wording.condition(parsed(condition))).isEqualTo(words);
    }

    private static Expression parsed(String text) {
        if (Expressions.expression(text) instanceof Parsed.Good<Expression> good) {
            return good.value();
        }
        throw new IllegalArgumentException("no expression: " + text);
    }
}
