package dev.millrace.language.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.language.Expression;
import dev.millrace.language.Expressions;
import dev.millrace.language.Expressions.Parsed;
import dev.millrace.language.expression.Outcomes.Truth;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

class OutcomesTest {
    private static final Map<List<String>, List<JsonNode>> KNOWN = Map.of(
            List.of("trigger", "amount"), List.of(DecimalNode.valueOf(new BigDecimal(200))),
            List.of("trigger", "email"), List.of(NullNode.getInstance()),
            List.of("steps", "a", "status"), List.of(StringNode.valueOf("skipped"), StringNode.valueOf("failed")));

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '~', textBlock = """
            true                                            ; YES
            1 > 2                                           ; NO
            trigger.amount > 100                            ; YES
            100 < trigger.amount                            ; YES
            100 < trigger.amount < 150                      ; NO
            trigger.amount > 100 and trigger.x              ; OPEN
            trigger.amount < 100 and trigger.x              ; NO
            trigger.amount > 100 or trigger.x               ; YES
            not (trigger.amount > 100 or trigger.x)         ; NO
            trigger.amount in [100, 200]                    ; YES
            trigger.amount not in [100, 200]                ; NO
            trigger.amount > -5                             ; YES
            trigger.amount | if_none(0) > 100               ; YES
            trigger.email is none                           ; YES
            trigger.email is not none                       ; NO
            trigger.email                                   ; NO
            trigger.email | if_none('a') == 'a'             ; YES
            trigger.email > 5                               ; OPEN
            steps.a.status == 'completed'                   ; NO
            steps.a.status != 'completed'                   ; YES
            steps.a.status == 'skipped'                     ; OPEN
            trigger.amount + trigger.x > 5                  ; OPEN
            trigger.amount > trigger.limit                  ; OPEN
            trigger.amount * 2 > 5                          ; OPEN
            trigger.lines | length > 5                      ; OPEN
            now == now                                      ; OPEN
            """)
    void what_is_known_decides_and_all_else_is_open(String condition, Truth expected) {
        assertThat(Outcomes.of(expression(condition), KNOWN)).isEqualTo(expected);
    }

    private static Expression expression(String text) {
        return switch (Expressions.expression(text)) {
            case Parsed.Good<Expression> good -> good.value();
            case Parsed.Bad<Expression> bad -> throw new IllegalStateException(bad.toString());
        };
    }
}
