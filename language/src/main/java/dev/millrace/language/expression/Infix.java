package dev.millrace.language.expression;

import dev.millrace.language.expression.Node.Operator;
import dev.millrace.language.expression.Node.Relation;
import java.util.Optional;

/** An operator between two operands. Powers are Jinja2's: {@code ~} binds tighter than {@code +}. */
sealed interface Infix {
    int OR = 1;
    int AND = 2;
    int NOT = 3;
    int COMPARISON = 4;
    int SUM = 5;
    int CONCAT = 6;
    int PRODUCT = 7;
    int POWER = 8;

    int power();

    record Logic(boolean and) implements Infix {
        @Override
        public int power() {
            return and ? AND : OR;
        }
    }

    record Compare(Relation relation) implements Infix {
        @Override
        public int power() {
            return COMPARISON;
        }
    }

    record Join() implements Infix {
        @Override
        public int power() {
            return CONCAT;
        }
    }

    record Calculate(Operator operator) implements Infix {
        @Override
        public int power() {
            return switch (operator) {
                case PLUS, MINUS -> SUM;
                case TIMES, DIVIDE, FLOOR_DIVIDE, REMAINDER -> PRODUCT;
                case POWER -> Infix.POWER;
            };
        }
    }

    /** @param next the token after it: {@code not} is infix only before {@code in} */
    static Optional<Infix> of(Token token, Token next) {
        if (token.kind() != Token.Kind.SYMBOL && token.kind() != Token.Kind.NAME) {
            return Optional.empty();
        }
        return switch (token.text()) {
            case "or" -> Optional.of(new Logic(false));
            case "and" -> Optional.of(new Logic(true));
            case "~" -> Optional.of(new Join());
            case "not" -> next.is("in") ? Optional.of(new Compare(Relation.NOT_IN)) : Optional.empty();
            default -> operator(token.text());
        };
    }

    private static Optional<Infix> operator(String sign) {
        for (Operator operator : Operator.values()) {
            if (operator.sign().equals(sign)) {
                return Optional.of(new Calculate(operator));
            }
        }
        for (Relation relation : Relation.values()) {
            if (relation.sign().equals(sign)) {
                return Optional.of(new Compare(relation));
            }
        }
        return Optional.empty();
    }
}
