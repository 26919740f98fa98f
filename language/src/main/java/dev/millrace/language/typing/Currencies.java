package dev.millrace.language.typing;

import dev.millrace.language.expression.Extent;
import dev.millrace.language.expression.Node;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Finds amounts of which one is in a document's currency and the other in the tenant's. */
final class Currencies {
    /** What {@code amount_base} is the same as, in the tenant's currency. */
    private static final Set<String> WHOLE = Set.of("total_amount", "amount");

    private final Report report;

    Currencies(Report report) {
        this.report = report;
    }

    /** @param verb what the expression does with the two */
    void check(Operand left, Operand right, Supplier<Extent> at, String verb) {
        Optional<Unit> a = unit(left);
        Optional<Unit> b = unit(right);
        if (a.isEmpty() || b.isEmpty() || a.get().ofDocument() == b.get().ofDocument()) {
            return;
        }
        Operand document = a.get().ofDocument() ? left : right;
        Operand own = a.get().ofDocument() ? right : left;
        Optional<String> base = (a.get().ofDocument() ? a : b)
                .get()
                .base()
                .flatMap(name -> inBase(document, name))
                .filter(name -> !name.equals(own.name(report)));
        report.currencies(
                base.isPresent() ? document.at(report, at) : at.get(),
                document.name(report) + " is in the currency of the document and " + own.name(report)
                        + " in the company's own; "
                        + base.map(name -> verb + " " + name).orElse("convert one of them"),
                base);
    }

    private static Optional<Unit> unit(Operand operand) {
        return operand.type().present() instanceof Type.Decimal number ? number.unit() : Optional.empty();
    }

    private Optional<String> inBase(Operand document, String base) {
        return document.node()
                .filter(node -> node instanceof Node.Access)
                .map(node -> (Node.Access) node)
                .filter(access -> access.key() instanceof Node.Constant key
                        && WHOLE.contains(key.value().asString()))
                .map(access -> report.shown(access.target()) + "." + base);
    }
}
