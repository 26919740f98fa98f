package dev.millrace.erp.procurement;

import dev.millrace.engine.Tx;
import dev.millrace.engine.action.ActionContext;
import dev.millrace.engine.action.ActionFailure;
import dev.millrace.engine.action.Affects;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.LocalAction;
import dev.millrace.engine.action.Named;
import dev.millrace.erp.Creation;
import dev.millrace.erp.InputProblem;
import dev.millrace.erp.PurchaseOrder;
import dev.millrace.erp.core.StepHerald;
import dev.millrace.erp.procurement.OrderDrafting.Wanted;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Creates a draft order, and submits it where that is asked for. */
@Named(
        value = "erp.purchase_order.create",
        module = "procurement",
        description = "Creates a draft order.",
        setsState = true,
        failures = {
            "supplier_blocked",
            "supplier_unknown",
            "supplier_not_active",
            "item_unknown",
            "warehouse_unknown",
            "price_missing",
            "currency_unknown",
            "out_of_range",
            "required"
        })
@Affects(emits = OrderEvents.CREATED)
public final class CreatePurchaseOrder implements LocalAction<CreatePurchaseOrder.Config, CreatePurchaseOrder.Output> {
    private final OrderDrafting drafting;
    private final OrderSubmission submission;

    public CreatePurchaseOrder(OrderDrafting drafting, OrderSubmission submission) {
        this.drafting = drafting;
        this.submission = submission;
    }

    public record Config(
            @Describe("An active supplier") UUID supplierId,

            @Describe(value = "What is wanted", least = 1, most = OrderCheck.LINES_MOST)
            List<Line> lines,

            @Describe(value = "The supplier's when absent", as = Describe.As.CURRENCY)
            Optional<String> currency,

            @Describe(value = "Whether it is submitted for approval", byDefault = "false")
            Optional<Boolean> submit,

            @Describe(value = "Why, for the journal: reorder", most = 200)
            Optional<String> source) {
        public Config {
            lines = List.copyOf(lines);
        }
    }

    /** One line of the order. */
    public record Line(
            @Describe("The item's id") UUID itemId,
            @Describe("How much") BigDecimal quantity,

            @Describe("Without tax; the last price, or the standard cost, when absent")
            Optional<BigDecimal> unitPrice,

            @Describe("Where the goods go; the company's usual place when absent")
            Optional<UUID> warehouseId,

            @Describe("The order is needed by the earliest") Optional<LocalDate> neededBy) {}

    public record Output(
            @Describe("The order's id") UUID purchaseOrderId,
            @Describe("The order's number") String poNumber,
            @Describe("With tax, in the order's currency") BigDecimal totalAmount) {}

    @Override
    public Output run(Tx tx, ActionContext context, Config config) {
        var wanted = new Wanted(
                config.supplierId(),
                config.currency(),
                config.lines().stream()
                        .map(line -> new Wanted.Line(
                                line.itemId(), line.quantity(), line.unitPrice(), line.warehouseId(), line.neededBy()))
                        .toList());
        String why =
                context.workflowLabel() + config.source().map(s -> ": " + s).orElse("");
        PurchaseOrder order = switch (drafting.draft(tx, wanted, why, new StepHerald(context))) {
            case Creation.Created created -> created.order();
            case Creation.Refused refused -> throw failure(refused.problems().getFirst());
        };
        if (config.submit().orElse(false)) {
            submission.submit(tx, order.id(), context.documents(), new StepHerald(context));
        }
        return new Output(order.id(), order.number(), order.header().total());
    }

    private static ActionFailure failure(InputProblem problem) {
        return ActionFailure.permanent(problem.code(), problem.message());
    }
}
