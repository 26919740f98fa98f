package dev.millrace.erp.payables;

import dev.millrace.erp.MatchTolerances;
import static java.util.stream.Collectors.joining;

import dev.millrace.erp.MatchResult;
import dev.millrace.erp.MatchResult.Missing;
import dev.millrace.erp.MatchResult.Mode;
import dev.millrace.erp.MatchResult.Outcome;
import dev.millrace.erp.payables.MatchFacts.Invoice;
import dev.millrace.erp.payables.MatchFacts.OrderLine;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Holds an invoice against its order and receipts. Computes, and touches nothing. The rules are the tables in
 * {@link LineRules} and the questions in {@link HeaderRules}; the outcome is the worst of what they find. Where lines
 * of one invoice are of the same line of the order, they are served by their numbers.
 */
public final class ThreeWayMatch {
    private static final int TEXTS_SHOWN = 5;
    private static final BigDecimal ZERO = BigDecimal.ZERO.setScale(LineFigures.DECIMALS);

    private final MatchFacts facts;
    private final MatchTolerances tolerances;
    private final List<Finding> findings = new ArrayList<>();
    private final List<MatchResult.Line> lines = new ArrayList<>();
    private final List<Missing> missing = new ArrayList<>();
    private BigDecimal expected = ZERO;
    private BigDecimal invoiced = ZERO;

    private ThreeWayMatch(MatchFacts facts, MatchTolerances tolerances) {
        this.facts = facts;
        this.tolerances = tolerances;
    }

    public static MatchResult match(MatchFacts facts, MatchTolerances tolerances) {
        return run(facts, tolerances).result();
    }

    /** What an approval of the invoice as it is accepts: all that somebody had to look at. */
    static List<MatchFacts.Accepted> acceptable(MatchFacts facts, MatchTolerances tolerances) {
        return run(facts, tolerances).findings.stream()
                .filter(finding -> finding.outcome() == Outcome.VARIANCE)
                .map(finding -> new MatchFacts.Accepted(finding.code(), finding.lineNo(), finding.deviation()))
                .toList();
    }

    private static ThreeWayMatch run(MatchFacts facts, MatchTolerances tolerances) {
        var match = new ThreeWayMatch(facts, tolerances);
        match.run();
        return match;
    }

    private void run() {
        HeaderRules.duplicate(facts).ifPresent(findings::add);
        if (!findings.isEmpty()) {
            return;
        }
        findings.addAll(HeaderRules.invalid(facts, tolerances));
        if (!findings.isEmpty()) {
            return;
        }
        HeaderRules.withoutOrder(facts, tolerances).ifPresent(this::add);
        HeaderRules.twin(facts).ifPresent(this::add);
        compareLines();
        HeaderRules.charges(facts, tolerances).ifPresent(this::add);
    }

    private Finding add(Finding found) {
        Finding finding = found.outcome() == Outcome.VARIANCE
                        && facts.accepted().stream().anyMatch(accepted -> accepted.covers(found))
                ? found.accepted()
                : found;
        findings.add(finding);
        return finding;
    }

    private void compareLines() {
        var sofar = new HashMap<UUID, BigDecimal>();
        facts.invoice().lines().stream()
                .sorted(Comparator.comparingInt(MatchFacts.Line::lineNo))
                .forEach(line -> compare(line, sofar));
    }

    private void compare(MatchFacts.Line line, Map<UUID, BigDecimal> sofar) {
        Optional<OrderLine> ordered = line.ordered().filter(ThreeWayMatch::isCompared);
        LineFigures figures = ordered.map(
                        order -> figures(line, order, sofar.getOrDefault(order.id(), order.previouslyInvoiced())))
                .orElseGet(() -> figures(line, asInvoiced(line), BigDecimal.ZERO));
        List<Finding> found = (ordered.isPresent() ? LineRules.compared(figures) : LineRules.alone(figures))
                .stream().map(this::add).toList();
        lines.add(shown(figures, ordered, found));
        if (ordered.isEmpty()) {
            return;
        }
        sofar.put(ordered.get().id(), figures.before().add(line.quantity()));
        expected = expected.add(figures.expectedValue());
        invoiced = invoiced.add(line.taxable());
        if (found.stream().anyMatch(finding -> finding.outcome() == Outcome.AWAITING_RECEIPT)) {
            missing.add(
                    new Missing(Optional.of(ordered.get().id()), ordered.get().itemCode(), figures.excess()));
        }
    }

    private LineFigures figures(MatchFacts.Line line, OrderLine ordered, BigDecimal before) {
        Invoice invoice = facts.invoice();
        return new LineFigures(line, ordered, before, invoice.rate(), invoice.kind(), tolerances);
    }

    /** Stands for the order where there is none: it agrees with whatever the invoice says. */
    private static OrderLine asInvoiced(MatchFacts.Line line) {
        return new OrderLine(
                line.ordered().map(OrderLine::id).orElse(new UUID(0, 0)),
                "",
                Mode.NONE,
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                line.unitPrice(),
                line.gstRate());
    }

    private static boolean isCompared(OrderLine line) {
        return line.mode() != Mode.NONE;
    }

    /** The lines that their order does not know, or does not want to be held against. */
    static List<MatchFacts.Line> notOnOrder(Invoice invoice) {
        return invoice.lines().stream()
                .filter(line -> line.ordered().filter(ThreeWayMatch::isCompared).isEmpty())
                .toList();
    }

    private static MatchResult.Line shown(LineFigures figures, Optional<OrderLine> ordered, List<Finding> found) {
        MatchFacts.Line line = figures.line();
        boolean isCompared = ordered.isPresent();
        return new MatchResult.Line(
                line.lineNo(),
                line.ordered().map(OrderLine::id),
                figures.ordered().mode(),
                figures.ordered().ordered(),
                figures.ordered().received(),
                figures.before(),
                line.quantity(),
                isCompared ? figures.excess() : BigDecimal.ZERO,
                figures.ordered().unitPrice(),
                line.unitPrice(),
                figures.pricePercent(),
                figures.priceValue(),
                figures.taxDue().sum(),
                line.taxes().sum(),
                figures.taxDifference().sum(),
                worst(found),
                codes(found));
    }

    private MatchResult result() {
        Outcome outcome = worst(findings);
        BigDecimal variance = invoiced.subtract(expected);
        return new MatchResult(
                outcome,
                outcome.decision(),
                codes(findings),
                lines,
                variance,
                LineFigures.percent(variance, expected),
                missing,
                facts.duplicateOf(),
                summary(outcome));
    }

    private static Outcome worst(List<Finding> findings) {
        return findings.stream().map(Finding::outcome).reduce(Outcome.MATCHED, Outcome::worse);
    }

    private static List<String> codes(List<Finding> findings) {
        return findings.stream().map(Finding::code).distinct().toList();
    }

    private String summary(Outcome outcome) {
        String head = switch (outcome) {
            case MATCHED -> "Agrees with its order";
            case WITHIN_TOLERANCE -> "Agrees within the tolerances";
            case AWAITING_RECEIPT -> "Goods are not in yet";
            case VARIANCE -> "Differs from its order";
            case DUPLICATE -> "Came before";
            case INVALID -> "Cannot be right";
        };
        List<String> texts = findings.stream()
                .sorted(Comparator.comparing(Finding::outcome).reversed())
                .map(Finding::text)
                .toList();
        if (texts.isEmpty()) {
            return head;
        }
        String more = texts.size() > TEXTS_SHOWN ? "; and " + (texts.size() - TEXTS_SHOWN) + " more" : "";
        return head + ": " + texts.stream().limit(TEXTS_SHOWN).collect(joining("; ")) + more;
    }
}
